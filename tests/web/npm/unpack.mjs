// Unpack the old Chromium, which its package carries compressed by Brotli: node unpack.mjs FOLDER
import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const folder = process.argv[2];
const carrier = join(folder, "node_modules", "chrome-aws-lambda");
await pipeline(
  createReadStream(join(carrier, "bin", "chromium.br")),
  createBrotliDecompress(),
  createWriteStream(join(folder, "chromium-92"), { mode: 0o755 }),
);
rmSync(carrier, { recursive: true });

"""The same ranking, dropped marks and moved weights, by hand in Polars for this very data."""

import polars as pl


def standings(file):
    """Give totals and places, the places without dropping, and how far each weight moves them."""
    grouped = (
        pl.scan_parquet(file)
        .group_by("place", "item")
        .agg(
            pl.col("mark").sum().cast(pl.Int64).alias("sum"),
            (pl.col("mark").min() + pl.col("mark").max()).cast(pl.Int64).alias("ends"),
        )
        .select(
            "place",
            "item",
            # Of five marks three are kept, or all: thirds and fifths are whole when not divided.
            (pl.col("sum") - pl.col("ends")).alias("points"),
            pl.col("sum").alias("plain"),
        )
        .collect()
    )
    rank = pl.col("total").rank("min", descending=True).cast(pl.Int64)
    totals = grouped.group_by("place").agg(pl.col("points").sum().alias("total"))
    totals = totals.with_columns(rank.alias("rank"))
    plain = grouped.group_by("place").agg(pl.col("plain").sum().alias("total"))
    plain = plain.with_columns(rank.alias("after")).select("place", "after")
    dropped = totals.join(plain, on="place").filter(pl.col("rank") != pl.col("after"))
    both = grouped.select("place", "item", "points").join(totals, on="place")
    found = []
    for sign in (1, -1):
        moved = (pl.col("total") * 10 + sign * pl.col("points")).rank("min", descending=True)
        shift = (moved.over("item").cast(pl.Int64) - pl.col("rank")).abs()
        lines = both.lazy().select("item", shift.alias("shift")).group_by("item")
        found.append(
            lines.agg((pl.col("shift") > 0).sum().alias("moved"), pl.col("shift").max())
            .rename({"shift": "furthest"})
            .with_columns(pl.lit(sign).alias("sign"))
        )
    weights = pl.concat(found).sort("item", "sign").collect()
    return {"totals": totals, "dropped": dropped, "weights": weights}

/* Returns: how far files have come, the way along issues, and the grid editor.
   Without it everything is a plain form. Chromium 92 runs it as it stands. */
(function () {
  "use strict";
  function composing(event) { return event.isComposing || event.keyCode === 229; }
  function each(list, call) { Array.prototype.forEach.call(list, call); }
  function filled(node, name, n) { return node.getAttribute(name).replace("{n}", n); }

  // ── files: dropped files go at once, and it is shown how far they have come ──
  each(document.querySelectorAll("form.put"), function (form) {
    var input = form.querySelector("input[type=file]"), box = form.querySelector(".sending");
    var bar = box.querySelector("progress"), said = box.querySelector("[role=status]");
    var going = false;
    function send() {
      if (!input.files.length || going) { return; }
      going = true;
      box.hidden = false;
      var xhr = new XMLHttpRequest();
      xhr.open("POST", form.action);
      xhr.upload.onprogress = function (event) {
        if (!event.lengthComputable) { return; }
        var n = Math.round(event.loaded * 100 / event.total);
        bar.value = n;
        said.textContent = filled(said, "data-sending", n);
      };
      xhr.onload = function () {
        going = false;
        if (xhr.status === 200 && xhr.responseURL && xhr.responseURL !== form.action) { window.location.assign(xhr.responseURL); return; }
        // Whatever it is, the plain form shows it as a page of its own.
        form.submit();
      };
      xhr.onerror = xhr.onabort = function () { going = false; said.textContent = said.getAttribute("data-broken"); };
      xhr.send(new FormData(form));
    }
    form.addEventListener("submit", function (event) { event.preventDefault(); send(); });
    input.addEventListener("change", send);
  });

  // ── the check page: J and K open what they reach, the picture comes to the cell ──
  document.addEventListener("keydown", function (event) {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    if (/^[jk]$/i.test(event.key)) {
      var now = document.activeElement;
      if (now && now.hasAttribute("data-stop") && document.getElementById("work")) { now.click(); }
    }
  });
  function show() {
    var here = document.getElementById("here");
    if (here) {
      var box = here.closest(".sheet"), from = here.getBoundingClientRect(), to = box.getBoundingClientRect();
      box.scrollTop += from.top - to.top - (to.height - from.height) / 2;
      box.scrollLeft += from.left - to.left - (to.width - from.width) / 2;
    }
    var open = document.querySelector(".found .issues li.open");
    if (open) { open.parentNode.scrollTop = open.offsetTop - open.parentNode.offsetTop - 40; }
  }
  document.addEventListener("htmx:afterSettle", function (event) { if (event.detail.target && event.detail.target.id === "work") { show(); } });
  show();

  // ── the grid editor ──
  var form = document.getElementById("grid");
  if (!form) { return; }
  var table = document.getElementById("cells"), saved = document.getElementById("saved");
  var found = document.getElementById("found"), version = form.getAttribute("data-version");
  var undone = [], redone = [], dirty = {}, paste = false, timer = null, busy = false, retry = 700;
  var editing = false, begun = "", composed = false, last = saved.textContent;

  function boxes() { return table.querySelectorAll("input[name^='c:']"); }
  function nameOf(box) { return box.name.slice(2); }
  function agreed(box) { return box.nextElementSibling; }
  function boxOf(name) { return form.querySelector("[name='c:" + name + "']"); }
  function cellAt(row, column) {
    var line = table.tBodies[0].rows[row];
    return line && column > 0 ? line.cells[column] : null;
  }
  function placeOf(box) { var cell = box.parentNode; return [cell.parentNode.sectionRowIndex, cell.cellIndex]; }
  function boxIn(cell) { return cell ? cell.querySelector("input[name^='c:']") : null; }

  each(boxes(), function (box) { box.setAttribute("data-was", box.value); });
  document.getElementById("keys").hidden = false;
  var more = document.getElementById("more");
  if (more) { more.hidden = false; }

  function focus(box) { if (box) { box.focus(); box.select(); } }
  function step(from, down, right) {
    var at = placeOf(from), row = at[0] + down, column = at[1] + right;
    while (table.tBodies[0].rows[row] && column > 0 && column < table.tBodies[0].rows[row].cells.length) {
      var next = boxIn(cellAt(row, column));
      if (next) { focus(next); return true; }
      row += down; column += right;
    }
    return false;
  }

  // What is typed: one cell left is one step of undoing; a paste is one, however many cells.
  function put(box, text) { box.value = text; box.setAttribute("data-was", text); dirty[nameOf(box)] = 1; }
  function commit(box) {
    var was = box.getAttribute("data-was");
    if (box.value === was) { return; }
    undone.push([[nameOf(box), was, box.value]]);
    redone = [];
    put(box, box.value);
    later();
  }
  function turn(from, to, back) {
    var deed = from.pop();
    if (!deed) { return; }
    deed.forEach(function (one) { var box = boxOf(one[0]); if (box) { put(box, back ? one[1] : one[2]); } });
    to.push(deed);
    var first = boxOf(deed[0][0]);
    if (first) { focus(first); }
    later();
  }

  function state(word) { saved.textContent = saved.getAttribute("data-" + word); saved.className = word === "saving" ? "" : "warn"; }
  function settled() { saved.textContent = last; saved.className = ""; }
  function later() {
    // What has come back to what is stored is no change: nothing is sent, nothing is unsaved.
    if (!busy) { Object.keys(dirty).forEach(function (name) { if (boxOf(name).value === agreed(boxOf(name)).value) { delete dirty[name]; } }); }
    window.clearTimeout(timer);
    if (!busy && !Object.keys(dirty).length) { settled(); return; }
    state("unsaved");
    timer = window.setTimeout(save, 700);
  }
  function body() {
    var data = new URLSearchParams();
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    data.set("version", version);
    data.set("sheet", form.querySelector("[name=sheet]").value);
    data.set("by", form.querySelector("[name=by]").value);
    if (paste) { data.set("deed_name", "paste"); }
    Object.keys(dirty).forEach(function (name) {
      var box = boxOf(name);
      data.set("c:" + name, box.value);
      data.set("a:" + name, agreed(box).value);
    });
    return data;
  }
  function save() {
    window.clearTimeout(timer);
    var names = Object.keys(dirty);
    // While a word is being composed nothing is sent and nothing changes around it.
    if (busy || composed) { timer = window.setTimeout(save, 300); return; }
    if (!names.length) { return; }
    busy = true;
    state("saving");
    var sent = {}, data = body();
    names.forEach(function (name) { sent[name] = boxOf(name).value; });
    dirty = {};
    paste = false;
    fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json", "HX-Request": "true" }, credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 401 || answer.status === 403) { throw new Error("gone"); }
      if (answer.status === 409) { throw new Error("other"); }
      if (!answer.ok || !/json/.test(answer.headers.get("Content-Type"))) { throw new Error("broken"); }
      return answer.json();
    }).then(function (told) {
      busy = false;
      retry = 700;
      version = String(told.version);
      names.forEach(function (name) { var box = boxOf(name); if (box) { agreed(box).value = sent[name]; } });
      if (told.cells) { each(boxes(), function (box) { renew(box, told.cells); }); }
      mark(told);
      last = told.said;
      if (Object.keys(dirty).length) { later(); } else { settled(); }
    }).catch(function (error) {
      // Nothing typed is lost: it stays here, and is sent again.
      busy = false;
      names.forEach(function (name) { dirty[name] = 1; });
      var gone = error.message === "gone" || error.message === "other";
      state(gone ? error.message : "broken");
      retry = Math.min(retry * 2, 15000);
      timer = window.setTimeout(save, retry);
      if (gone) { comeIn(); }
    });
  }
  // Coming in again without leaving the page: what is typed stays where it is, and is sent then.
  var again = document.getElementById("again"), later_on = false;
  function comeIn() {
    if (again.open || later_on || !again.showModal) { return; }
    again.showModal();
    again.querySelector("[name=password]").focus();
  }
  again.querySelector("[data-no]").addEventListener("click", function () { later_on = true; again.close(); });
  again.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    var data = new URLSearchParams(), wrong = again.querySelector(".wrong"), door = event.target;
    each(["login", "password", "code"], function (name) { data.set(name, door.querySelector("[name=" + name + "]").value); });
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    fetch(door.getAttribute("data-to"), { method: "POST", body: data, redirect: "manual", credentials: "same-origin" }).then(function (answer) {
      door.querySelector("[name=password]").value = door.querySelector("[name=code]").value = "";
      // Whoever is let in is sent on; whoever is not gets the door again.
      wrong.hidden = answer.type === "opaqueredirect";
      if (!wrong.hidden) { wrong.textContent = wrong.getAttribute("data-wrong"); return; }
      again.close();
      retry = 700;
      save();
    });
  });
  function renew(box, cells) {
    var name = nameOf(box), text = cells[name] || "";
    if (dirty[name] || box === document.activeElement) { return; }
    box.value = text;
    box.setAttribute("data-was", text);
    agreed(box).value = text;
  }
  function mark(told) {
    each(boxes(), function (box) {
      var grade = told.marks[nameOf(box)], cell = box.parentNode;
      cell.classList.remove("must_fix", "explain", "note");
      if (grade) { cell.classList.add(grade[0]); }
      if (grade && grade[0] === "must_fix") { box.setAttribute("aria-invalid", "true"); } else { box.removeAttribute("aria-invalid"); }
    });
    each(table.querySelectorAll("[data-total]"), function (cell) {
      var text = told.totals[cell.getAttribute("data-total")];
      if (text !== undefined) { cell.textContent = text; }
    });
    found.innerHTML = told.list;
    var sign = document.getElementById("sign");
    sign.hidden = false;
    if (sign.getAttribute("data-to")) { sign.href = sign.getAttribute("data-to"); }
    sign.classList.toggle("main-deed", told.clean);
    each(document.querySelectorAll("[data-tab]"), function (tab) {
      each(tab.querySelectorAll(".pin"), function (pin) { pin.remove(); });
      var n = told.tabs[tab.getAttribute("data-tab")] || [0, 0];
      ["must_fix", "explain"].forEach(function (grade, at) {
        if (!n[at]) { return; }
        var pin = document.createElement("span");
        pin.className = "pin " + grade;
        pin.textContent = n[at];
        tab.append(" ", pin);
      });
    });
    var title = found.querySelector("[data-title]");
    if (title) { document.getElementById("found-title").textContent = title.getAttribute("data-title"); }
  }

  table.addEventListener("focusin", function (event) {
    var box = event.target;
    if (box.name === undefined || box.name.slice(0, 2) !== "c:") { return; }
    editing = false;
    begun = box.value;
    box.select();
    document.getElementById("where").textContent = box.getAttribute("data-at");
    var cell = box.parentNode, heads = table.tHead.rows[0].cells;
    var help = (heads[cell.cellIndex] || cell).title || cell.parentNode.cells[0].title || "";
    document.getElementById("what").textContent = box.getAttribute("aria-label") + (help ? "　" + help.replace(/\n/g, "　") : "");
    var beside = document.getElementById("beside"), said = [], words = document.getElementById(box.getAttribute("data-list") || "");
    if (words) {
      // The oldest browsers write a style into each field that has a list, which our policy refuses:
      // there the words stand above, and only the newer ones unfold them too.
      if (window.CSS && CSS.supports("selector(:has(a))")) { box.setAttribute("list", words.id); }
      said.push(Array.prototype.map.call(words.options, function (one) { return one.value; }).slice(0, 16).join(" / "));
    }
    ["last", "before"].forEach(function (which) {
      var value = box.getAttribute("data-" + which);
      if (value) { said.push(beside.getAttribute("data-" + which) + " " + value); }
    });
    beside.textContent = said.join("　");
  });
  table.addEventListener("focusout", function (event) { if (event.target.name && event.target.name.slice(0, 2) === "c:") { commit(event.target); } });
  table.addEventListener("mousedown", function (event) { if (event.target === document.activeElement) { editing = true; } });
  table.addEventListener("input", function (event) {
    var box = event.target;
    editing = true;
    if (box.value !== box.getAttribute("data-was")) { state("unsaved"); } else { later(); }
  });
  table.addEventListener("compositionstart", function () { composed = true; });
  table.addEventListener("compositionend", function () { composed = false; });
  table.addEventListener("keydown", function (event) {
    var box = event.target;
    if (composing(event) || !box.name || box.name.slice(0, 2) !== "c:") { return; }
    var held = event.ctrlKey || event.metaKey, key = event.key;
    if (held && /^z$/i.test(key) && !event.shiftKey) { event.preventDefault(); commit(box); turn(undone, redone, true); return; }
    if (held && (/^y$/i.test(key) || (/^z$/i.test(key) && event.shiftKey))) { event.preventDefault(); turn(redone, undone, false); return; }
    if (held || event.altKey) { return; }
    if (key === "Enter") { event.preventDefault(); commit(box); if (!step(box, event.shiftKey ? -1 : 1, 0)) { box.select(); } }
    else if (key === "Escape") { event.preventDefault(); event.stopPropagation(); box.value = begun; editing = false; box.select(); later(); }
    else if (key === "F2") { event.preventDefault(); editing = true; box.setSelectionRange(box.value.length, box.value.length); }
    else if (key === "ArrowDown" || key === "ArrowUp") {
      if (box.hasAttribute("list") && editing) { return; }
      event.preventDefault(); commit(box); step(box, key === "ArrowDown" ? 1 : -1, 0);
    } else if ((key === "ArrowLeft" || key === "ArrowRight") && !editing) {
      event.preventDefault(); commit(box); step(box, 0, key === "ArrowRight" ? 1 : -1);
    }
  });
  document.addEventListener("keydown", function (event) {
    if (composing(event)) { return; }
    if ((event.ctrlKey || event.metaKey) && /^s$/i.test(event.key)) {
      event.preventDefault();
      if (document.activeElement && document.activeElement.form === form) { commit(document.activeElement); }
      save();
    }
    if (event.key === "?" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { keys(); }
  });
  function keys() {
    var list = document.getElementById("keylist"), button = document.getElementById("keys");
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
  }
  document.getElementById("keys").addEventListener("click", keys);
  form.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.id === "save") {
      event.preventDefault();
      event.stopImmediatePropagation();
      form.removeAttribute("data-sent");
      if (document.activeElement && document.activeElement.form === form && document.activeElement.name) { commit(document.activeElement); }
      save();
    }
  });
  window.addEventListener("pagehide", function () {
    var box = document.activeElement;
    if (box && box.name && box.name.slice(0, 2) === "c:") { commit(box); }
    if (Object.keys(dirty).length && navigator.sendBeacon) { navigator.sendBeacon(form.action, body()); dirty = {}; }
  });
  window.addEventListener("focus", function () { if (Object.keys(dirty).length) { save(); } });

  // From an issue to its cell; of another sheet by its page.
  found.addEventListener("click", function (event) {
    var link = event.target.closest("[data-cell]"), box = link && boxOf(link.getAttribute("data-cell"));
    if (box) { event.preventDefault(); box.scrollIntoView({ block: "center", inline: "center" }); focus(box); }
  });
  function grow(n) {
    var body = table.tBodies[0], last = body.rows[body.rows.length - 1];
    for (var i = 0; i < n; i++) {
      var line = last.cloneNode(true), number = body.rows.length + 1;
      line.cells[0].textContent = number;
      each(line.querySelectorAll("input"), function (box) {
        box.name = box.name.replace(/^([ca]:[^.]*\.)\d+(\..*)$/, "$1" + number + "$2");
        box.value = "";
        box.setAttribute("value", "");
        box.setAttribute("data-was", "");
        box.removeAttribute("data-last");
        box.removeAttribute("data-before");
        if (box.hasAttribute("data-at")) {
          box.setAttribute("data-at", box.getAttribute("data-at").replace(/\d+$/, number + 3));
          box.setAttribute("aria-label", box.getAttribute("aria-label").replace(/^\d+/, number));
        }
      });
      each(line.querySelectorAll("small"), function (small) { small.remove(); });
      each(line.cells, function (cell) { cell.classList.remove("must_fix", "explain", "note"); });
      body.appendChild(line);
    }
  }
  if (more) { more.addEventListener("click", function () { grow(10); }); }
  var wanted = new URLSearchParams(window.location.search).get("at");
  if (wanted && boxOf(wanted)) { boxOf(wanted).scrollIntoView({ block: "center" }); focus(boxOf(wanted)); }

  // ── pasting a block ──
  // The plain text is what a spreadsheet shows; where its own table says what stands behind that
  // (x:num), the value itself is taken, and said.
  function block(text) {
    // A spreadsheet ends its block with a line feed: that is no sixth row.
    text = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    var rows = [[""]], quoted = false, at = 0;
    for (; at < text.length; at++) {
      var sign = text[at], row = rows[rows.length - 1];
      if (quoted) {
        if (sign === "\"" && text[at + 1] === "\"") { row[row.length - 1] += "\""; at++; }
        else if (sign === "\"") { quoted = false; }
        else { row[row.length - 1] += sign; }
      } else if (sign === "\"" && row[row.length - 1] === "") { quoted = true; }
      else if (sign === "\t") { row.push(""); }
      else if (sign === "\n") { rows.push([""]); }
      else { row[row.length - 1] += sign; }
    }
    return rows;
  }
  function behind(html) {
    var seen = { merged: false, raw: {}, formatted: {} };
    if (!html) { return seen; }
    // Styles are read as text: our policy refuses them even in a page that is never shown.
    var classes = rounding(html), plain = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle=/gi, " data-style=");
    var page = new DOMParser().parseFromString(plain, "text/html"), lines = page.querySelectorAll("table tr");
    each(lines, function (line, row) {
      each(line.cells, function (cell, column) {
        if (cell.rowSpan > 1 || cell.colSpan > 1) { seen.merged = true; }
        var at = row + "," + column, raw = cell.getAttribute("x:num") || cell.getAttribute("sdval") || valueOf(cell);
        if (raw) { seen.raw[at] = raw; }
        else if (ROUNDS.test(cell.getAttribute("data-style") || "") || classes[cell.className]) { seen.formatted[at] = true; }
      });
    });
    return seen;
  }
  // Excel writes x:num (WPS too), LibreOffice sdval, web spreadsheets JSON. Where none of them says
  // the value, a format that rounds says at least that it may be another one.
  var ROUNDS = /mso-number-format\s*:\s*"?[^;}]*0/;
  function rounding(html) {
    var found = {}, rule = /\.([\w-]+)\s*\{([^}]*)\}/g, one;
    while ((one = rule.exec(html))) { if (ROUNDS.test(one[2])) { found[one[1]] = true; } }
    return found;
  }
  function valueOf(cell) {
    try {
      var value = JSON.parse(cell.getAttribute("data-sheets-value") || "{}")["3"];
      return value === undefined ? "" : String(value);
    } catch (error) { return ""; }
  }
  table.addEventListener("paste", function (event) {
    var box = event.target, data = event.clipboardData;
    if (!data || !box.name || box.name.slice(0, 2) !== "c:") { return; }
    var text = data.getData("text/plain"), seen = behind(data.getData("text/html")), rows = block(text);
    if (rows.length === 1 && rows[0].length === 1 && !seen.merged) {
      // One cell: where it is not being edited it takes the whole of it.
      if (editing && !LOST.test(text.trim()) && !("0,0" in seen.raw)) { return; }
    }
    event.preventDefault();
    plan(box, rows, seen);
  });
  // What a spreadsheet shows where the value itself is out of sight: too narrow, or digits are gone.
  var LOST = /^(#{3,}|[+-]?\d(\.\d+)?E[+-]?\d+)$/i;
  function shortened(raw) { return /^[+-]?\d{16,}$/.test(raw) || /E\+?(1[5-9]|[2-9]\d|\d{3})$/i.test(raw); }
  function plan(box, rows, seen) {
    var start = placeOf(box), changes = [], skipped = 0, hash = 0, rawed = 0, over = 0, rounded = 0;
    var need = start[0] + rows.length - table.tBodies[0].rows.length;
    if (need > 0 && table.hasAttribute("data-grows")) { grow(need); }
    rows.forEach(function (row, down) {
      row.forEach(function (text, right) {
        var cell = cellAt(start[0] + down, start[1] + right), to = boxIn(cell), raw = seen.raw[down + "," + right];
        if (!cell) { if (text) { over++; } return; }
        if (!to) { if (text) { skipped++; } return; }
        var number = to.getAttribute("inputmode") === "decimal", shown = Number(text.replace(/[,\s]/g, ""));
        if (raw !== undefined && shortened(raw)) { hash++; return; }
        if (raw !== undefined && raw !== text && !seen.merged && number && !/[年月日]|\d[-/]\d/.test(text)) {
          // What is shown may be grouped or coloured: only another number is another value.
          if (shown !== Number(raw)) { rawed++; text = String(Number(raw)); }
        } else if (LOST.test(text.trim())) { hash++; return; }
        if (seen.formatted[down + "," + right] && number && text.trim() !== "") { rounded++; }
        // A line break inside a cell parts words; a field of one line would join them.
        text = text.replace(/\s*[\r\n]+\s*/g, " ");
        changes.push([to, text.trim() === "" ? "" : text.replace(/^[ \u00a0]+|[ \u00a0]+$/g, "")]);
      });
    });
    function go() {
      var deed = [];
      changes.forEach(function (one) {
        var was = one[0].getAttribute("data-was");
        if (was !== one[1]) { deed.push([nameOf(one[0]), was, one[1]]); put(one[0], one[1]); }
      });
      if (deed.length) { undone.push(deed); redone = []; paste = true; }
      tell({ done: changes.length, skipped: skipped, hash: hash, raw: rawed, rounded: rounded, over: over });
      begun = box.value;
      focus(box);
      later();
    }
    if (seen.merged || over) { ask(changes, go); } else { go(); }
  }
  function tell(counts) {
    var at = document.getElementById("pasted");
    at.textContent = Object.keys(counts).filter(function (what) { return what === "done" || counts[what]; }).map(function (what) {
      return filled(at, "data-" + what, counts[what]);
    }).join("；");
  }
  function ask(changes, go) {
    var dialog = document.getElementById("preview"), body = dialog.querySelector("tbody"), words = dialog.querySelector("[data-words]");
    body.textContent = "";
    words.textContent = words.getAttribute("data-words");
    changes.slice(0, 200).forEach(function (one) {
      var line = body.insertRow();
      [one[0].getAttribute("data-at"), one[0].getAttribute("aria-label"), one[0].value, "→", one[1]].forEach(function (text) { line.insertCell().textContent = text; });
    });
    dialog.showModal();
    dialog.querySelector("[data-yes]").onclick = function () { dialog.close(); go(); };
    dialog.querySelector("[data-no]").onclick = function () { dialog.close(); };
    dialog.querySelector("[data-yes]").focus();
  }
})();

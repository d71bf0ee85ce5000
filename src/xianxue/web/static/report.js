/* Writing a section: the text as paper, its numbers as pieces that cannot be typed into.
   Without it the same text is edited in a plain field, numbers by name in braces. */
(function () {
  "use strict";
  var field = document.getElementById("text");
  if (!field || !field.classList.contains("writing") || field.readOnly) { return; }
  var picker = document.getElementById("picker");
  var pick = document.getElementById("pick");
  var sheet = document.createElement("div");
  var kept = null;

  function chip(token) {
    var piece = document.createElement("span");
    var at = token.indexOf("＝");
    piece.className = "live";
    piece.contentEditable = "false";
    piece.setAttribute("data-token", token);
    piece.title = at < 0 ? token : token.slice(1, at);
    piece.textContent = at < 0 ? token : token.slice(at + 1, -1);
    return piece;
  }
  function paragraph(line) {
    var p = document.createElement("p");
    line.split(/(\{[^{}]*\})/).forEach(function (part) {
      if (/^\{[^{}]*\}$/.test(part)) { p.appendChild(chip(part)); } else if (part) { p.appendChild(document.createTextNode(part)); }
    });
    if (!p.firstChild) { p.appendChild(document.createElement("br")); }
    return p;
  }
  function draw() {
    sheet.textContent = "";
    field.value.split("\n").forEach(function (line) { sheet.appendChild(paragraph(line)); });
  }
  function read(node) {
    var said = "";
    Array.prototype.forEach.call(node.childNodes, function (one) {
      if (one.nodeType === 3) { said += one.nodeValue; }
      else if (one.getAttribute && one.getAttribute("data-token")) { said += one.getAttribute("data-token"); }
      else if (one.nodeName === "BR") { said += ""; }
      else if (/^(P|DIV)$/.test(one.nodeName)) { said += (said ? "\n" : "") + read(one); }
      else { said += read(one); }
    });
    return said.replace(/\u00a0/g, " ");
  }
  function put() {
    var said = read(sheet);
    if (said === field.value) { return; }
    field.value = said;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function keep() {
    var now = window.getSelection();
    if (now.rangeCount && sheet.contains(now.anchorNode)) { kept = now.getRangeAt(0).cloneRange(); }
  }
  function insert(node) {
    sheet.focus();
    var now = window.getSelection();
    var range = kept;
    if (!range) { range = document.createRange(); range.selectNodeContents(sheet.lastChild || sheet); range.collapse(false); }
    range.deleteContents();
    range.insertNode(node);
    range.setStartAfter(node);
    range.collapse(true);
    now.removeAllRanges();
    now.addRange(range);
    kept = range.cloneRange();
    put();
  }
  function open() {
    keep();
    picker.hidden = false;
    pick.value = "";
    pick.focus();
    window.htmx.trigger(pick, "open");
  }
  function close() { picker.hidden = true; sheet.focus(); }

  sheet.className = "living";
  sheet.contentEditable = "true";
  sheet.setAttribute("role", "textbox");
  sheet.setAttribute("aria-multiline", "true");
  sheet.setAttribute("aria-label", field.placeholder);
  field.parentNode.insertBefore(sheet, field);
  field.classList.add("away-now");
  field.setAttribute("aria-hidden", "true");
  field.tabIndex = -1;
  draw();

  sheet.addEventListener("input", function (event) { if (!event.isComposing) { put(); } });
  sheet.addEventListener("compositionend", put);
  sheet.addEventListener("blur", keep);
  sheet.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) { return; }
    if (event.key === "@") { event.preventDefault(); open(); }
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); put(); field.form.querySelector("button.main-deed").click(); }
  });
  // What is pasted comes as words alone.
  sheet.addEventListener("paste", function (event) {
    var said = (event.clipboardData || window.clipboardData).getData("text/plain");
    event.preventDefault();
    document.execCommand("insertText", false, said.replace(/[{}]/g, ""));
  });
  document.getElementById("insert").addEventListener("click", function (event) { event.preventDefault(); if (picker.hidden) { open(); } else { close(); } });
  picker.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) { return; }
    var all = Array.prototype.slice.call(picker.querySelectorAll("[data-token]"));
    var at = all.indexOf(document.activeElement);
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    if (event.key === "ArrowDown" && all.length) { event.preventDefault(); all[Math.min(at + 1, all.length - 1)].focus(); }
    if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); if (at) { all[at - 1].focus(); } else { pick.focus(); } }
    if (event.key === "Enter" && document.activeElement === pick && all.length) { event.preventDefault(); all[0].click(); }
  });
  picker.addEventListener("click", function (event) {
    var one = event.target.closest("[data-token]");
    if (!one) { return; }
    picker.hidden = true;
    insert(chip(one.getAttribute("data-token")));
  });
  field.form.addEventListener("submit", put);
})();

/* What pages do beyond links and forms; without it they still read and submit.
   Chromium 92 runs it as it stands. */
(function () {
  "use strict";

  // Typing Chinese: nothing fires while a word is being composed.
  document.addEventListener("htmx:configRequest", function (event) {
    var source = event.detail.triggeringEvent;
    if (source && (source.isComposing || source.keyCode === 229)) { event.preventDefault(); }
  });
  document.addEventListener("input", function (event) {
    if (event.isComposing) { event.stopImmediatePropagation(); }
  }, true);
  document.addEventListener("compositionend", function (event) {
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // The panel: focus goes in, Esc closes it and gives focus back; the address says which number.
  var opener = null;
  var panel = function () { return document.getElementById("panel"); };
  function closePanel() {
    var box = panel();
    if (!box || !box.firstElementChild) { return false; }
    box.textContent = "";
    document.body.classList.remove("has-panel");
    var asked = new URLSearchParams(window.location.search);
    if (asked.has("n")) {
      ["n", "nr", "np"].forEach(function (name) { asked.delete(name); });
      var rest = asked.toString();
      window.history.replaceState(window.history.state, "", window.location.pathname + (rest ? "?" + rest : ""));
    }
    if (opener) { opener.removeAttribute("aria-expanded"); opener.focus(); opener = null; }
    return true;
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    var source = event.detail.elt;
    if (event.detail.target === panel() && !panel().contains(source)) {
      if (opener) { opener.removeAttribute("aria-expanded"); }
      opener = source;
      source.setAttribute("aria-expanded", "true");
    }
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target === panel()) {
      document.body.classList.toggle("has-panel", Boolean(panel().firstElementChild));
      var first = panel().querySelector("[tabindex='-1'], a, button");
      if (first) { first.focus(); }
    } else if (event.detail.target.id === "chain") {
      // Another school was chosen: the keyboard goes on from its row.
      var chosen = document.querySelector("#chain [aria-current]");
      if (chosen) { chosen.focus({ preventScroll: true }); }
    }
  });
  // A session that has ended: the whole page goes to the door, not a part of it.
  document.addEventListener("htmx:responseError", function (event) {
    var xhr = event.detail.xhr;
    if (xhr.status === 401) { window.location.reload(); return; }
    event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    // Complaints come as pages of their own kind: they are shown where the answer was wanted.
    if (event.detail.xhr.status === 422 || event.detail.xhr.status === 409) {
      event.detail.shouldSwap = true; event.detail.isError = false;
    }
  });
  document.addEventListener("click", function (event) {
    var to = event.target.closest ? event.target.closest("[data-close-panel]") : null;
    if (to) { event.preventDefault(); if (!closePanel()) { window.history.back(); } }
    var hits = document.getElementById("hits");
    if (hits && hits.firstElementChild && !event.target.closest(".find")) { hits.textContent = ""; }
    var printer = event.target.closest ? event.target.closest("[data-print]") : null;
    if (printer) { event.preventDefault(); window.print(); }
    var copier = event.target.closest ? event.target.closest("[data-copy]") : null;
    if (copier) {
      event.preventDefault();
      var field = document.getElementById(copier.getAttribute("data-copy"));
      var said = copier.getAttribute("data-said");
      if (field.select) { field.select(); } else { window.getSelection().selectAllChildren(field); }
      document.execCommand("copy");
      if (said) { copier.textContent = said; }
    }
  });

  // Keys: / to search, Esc to close, J and K along issues or rows, Enter to open.
  function typing(node) { return /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) || node.isContentEditable; }
  function step(by) {
    var stops = Array.prototype.slice.call(document.querySelectorAll("[data-stop]"));
    if (!stops.length) { stops = Array.prototype.slice.call(document.querySelectorAll("#rows tbody tr a:first-of-type")); }
    if (!stops.length) { return; }
    var at = stops.indexOf(document.activeElement);
    var next = stops[Math.min(Math.max(at + by, 0), stops.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var hits = document.getElementById("hits");
    if (event.key === "Escape" && hits && hits.firstElementChild) { hits.textContent = ""; return; }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits && hits.firstElementChild) {
      var found = Array.prototype.slice.call(hits.querySelectorAll("a"));
      var there = found.indexOf(document.activeElement);
      if (there >= 0 || event.target.id === "find") {
        event.preventDefault();
        var to = found[there + (event.key === "ArrowDown" ? 1 : -1)];
        if (to) { to.focus(); } else if (there === 0) { document.getElementById("find").focus(); }
      }
    }
    if (event.key === "Escape") { if (closePanel()) { event.preventDefault(); } return; }
    if (typing(event.target)) { return; }
    if (event.key === "/") { var find = document.getElementById("find"); if (find) { event.preventDefault(); find.focus(); find.select(); } }
    if (event.key === "j" || event.key === "J") { step(1); }
    if (event.key === "k" || event.key === "K") { step(-1); }
  });

  // A long choice is found by typing: the name, the code, its pinyin or their initials.
  Array.prototype.forEach.call(document.querySelectorAll("select[data-pick]"), function (select) {
    var box = document.createElement("input"), was = select.value;
    box.type = "search";
    box.className = "pick";
    box.autocomplete = "off";
    box.placeholder = select.getAttribute("data-pick");
    box.setAttribute("aria-label", box.placeholder);
    select.parentNode.insertBefore(box, select);
    box.addEventListener("input", function () {
      var words = box.value.toLowerCase().split(/\s+/), first = null;
      Array.prototype.forEach.call(select.options, function (option) {
        var text = (option.textContent + " " + (option.getAttribute("data-find") || "")).toLowerCase();
        option.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
        if (!option.hidden && option.value && !first) { first = option; }
      });
      box.setAttribute("aria-invalid", String(!first));
      select.value = box.value.trim() && first ? first.value : was;
    });
    // Enter takes what was found; it sends nothing.
    box.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) { return; }
      event.preventDefault();
      select.focus();
    });
  });

  // The number beside a slider follows it; what comes of it is the server's to say.
  document.addEventListener("input", function (event) {
    var beside = event.target.getAttribute && event.target.getAttribute("data-beside");
    if (beside) { document.getElementById(beside).textContent = event.target.value; }
  });

  // A form sent twice by an impatient hand: the second press waits for the first.
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented || event.target.method !== "post") { return; }
    if (event.target.getAttribute("data-sent")) { event.preventDefault(); return; }
    event.target.setAttribute("data-sent", "1");
    window.setTimeout(function () { event.target.removeAttribute("data-sent"); }, 4000);
  });

  // Files dropped on a place for them.
  document.addEventListener("dragover", function (event) {
    var place = event.target.closest ? event.target.closest(".drop") : null;
    if (place) { event.preventDefault(); place.classList.add("over-it"); }
  });
  document.addEventListener("dragleave", function (event) {
    var place = event.target.closest ? event.target.closest(".drop") : null;
    if (place) { place.classList.remove("over-it"); }
  });
  document.addEventListener("drop", function (event) {
    var place = event.target.closest ? event.target.closest(".drop") : null;
    if (!place) { return; }
    event.preventDefault();
    place.classList.remove("over-it");
    var input = place.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();

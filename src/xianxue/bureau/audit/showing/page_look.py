"""How the page of an audit looks and answers to a click. It asks for nothing over any network."""

from typing import Final

STYLE: Final = """
:root {
  --ink: #1f2328; --soft: #5c6470; --faint: #8b939e; --line: #e3e6ea; --desk: #eef0f3;
  --paper: #fff; --accent: #1d4f91;
  --inconsistent: #c0261c; --inconsistent-bg: #fde4e1;
  --possible: #9a6700; --possible-bg: #fdf0cc;
  --remark: #1d5fae; --remark-bg: #e2eefc;
  --rounding: #3b7a57; --rounding-bg: #e9f5ee;
  --consistent: #3b7a57; --consistent-bg: #e9f5ee;
  --serif: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif;
  --sans: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
}
* { box-sizing: border-box; }
html { color: var(--ink); background: var(--desk); font: 15px/1.6 var(--sans); }
body { margin: 0; }
header { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 6px 18px;
  align-items: center; padding: 10px 24px; background: var(--paper);
  border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 17px; font-weight: 600; overflow-wrap: anywhere; }
.about { color: var(--soft); font-size: 13px; }
.filters { display: flex; flex-wrap: wrap; gap: 8px; margin-left: auto; }
button { font: inherit; cursor: pointer; }
.filters button { padding: 2px 12px; font-size: 13px; color: var(--soft); background: none;
  border: 1px solid var(--line); border-radius: 14px; }
.filters button b { margin-left: 4px; font-variant-numeric: tabular-nums; }
.filters button[aria-pressed="true"] { color: var(--c, var(--ink)); background: var(--b, #f3f4f6);
  border-color: transparent; }
main { display: grid; grid-template-columns: minmax(0, 1fr) 420px; gap: 24px;
  max-width: 1480px; margin: 0 auto; padding: 24px; }
.paper { padding: 56px 64px; background: var(--paper); border-radius: 3px;
  box-shadow: 0 1px 3px rgb(0 0 0 / 12%); font: 17px/2 var(--serif); overflow-x: auto; }
.paper p { margin: 0; min-height: 1em; overflow-wrap: anywhere; white-space: pre-wrap; }
.paper table { margin: 8px 0 16px; border-collapse: collapse; font: 14px/1.6 var(--sans); }
.paper td { min-width: 4em; padding: 3px 10px; border: 1px solid #c9ced6; }
.paper td.figure { text-align: right; font-variant-numeric: tabular-nums; }
.n { border-radius: 3px; padding: 1px 1px; cursor: pointer; scroll-margin: 120px; }
.n:focus-visible, button:focus-visible, .card:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 1px; }
.consistent, .filters .consistent, .same { --c: var(--consistent); --b: var(--consistent-bg); }
.rounding, .filters .rounding { --c: var(--rounding); --b: var(--rounding-bg); }
.inconsistent, .stale, .edited { --c: var(--inconsistent); --b: var(--inconsistent-bg); }
.possible, .differs { --c: var(--possible); --b: var(--possible-bg); }
.remark, .unknown { --c: var(--remark); --b: var(--remark-bg); }
.n.stated { background: var(--b); box-shadow: inset 0 -2px var(--c); }
.n.stated.rounding { box-shadow: none; border-bottom: 2px dashed var(--c); }
.n.term { border-bottom: 1px solid #b9c7be; }
.n.term.inconsistent, .n.term.possible { border-bottom: 2px dotted var(--c); }
.u { border-bottom: 1px dotted #c3c8cf; }
.n.lit { background: #fff3a6; box-shadow: 0 0 0 2px #fff3a6; }
.n.lit.chief { background: var(--c); color: #fff; box-shadow: 0 0 0 2px var(--c); }
aside { position: sticky; top: 76px; align-self: start; max-height: calc(100vh - 96px);
  overflow-y: auto; padding: 2px; }
.card { margin: 0 0 10px; padding: 12px 14px; background: var(--paper); border-radius: 6px;
  border-left: 4px solid var(--c); box-shadow: 0 1px 2px rgb(0 0 0 / 8%); cursor: pointer; }
.card.on { box-shadow: 0 0 0 2px var(--c); }
.card h2 { display: flex; gap: 8px; align-items: baseline; margin: 0; font-size: 14px;
  font-weight: 600; color: var(--c); }
.card h2 small { color: var(--faint); font-weight: 400; }
.card h2 .where { margin-left: auto; }
.card .sum { margin: 4px 0 0; font: 15px/1.6 var(--serif); }
.card .more { display: none; margin-top: 8px; padding-top: 8px; font-size: 14px;
  border-top: 1px solid var(--line); }
.card.on .more { display: block; }
.card dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 8px 0 0; }
.card dt { color: var(--faint); }
.card dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.card .advice { margin: 8px 0 0; padding: 6px 10px; background: var(--b); border-radius: 4px; }
.card .why { margin: 6px 0 0; color: var(--soft); font-size: 13px; }
.card q { color: var(--soft); font-family: var(--serif); }
.term-link { padding: 0 4px; color: var(--accent); background: none; border: 0;
  text-decoration: underline; text-underline-offset: 3px; }
.empty { padding: 24px; color: var(--soft); text-align: center; }
[hidden] { display: none !important; }
@media (max-width: 1000px) {
  main { grid-template-columns: minmax(0, 1fr); padding: 12px; padding-bottom: 46vh; }
  .paper { padding: 24px 20px; }
  aside { position: fixed; inset: auto 0 0; top: auto; max-height: 42vh; padding: 12px;
    background: var(--desk); border-top: 1px solid var(--line); }
}
@media print {
  html { background: none; } header, aside { position: static; max-height: none; }
  main { display: block; padding: 0; } .paper { padding: 0; box-shadow: none; }
  .card { break-inside: avoid; } .card .more { display: block; }
}
"""

SCRIPT: Final = """
(function () {
  "use strict";
  var marks = Array.prototype.slice.call(document.querySelectorAll(".n"));
  var cards = Array.prototype.slice.call(document.querySelectorAll(".card"));
  var filters = Array.prototype.slice.call(document.querySelectorAll(".filters button"));
  var none = document.querySelector(".empty");
  function of(mark) { return mark.getAttribute("data-f").split(" "); }
  function seen(card) { return !card.hidden; }
  function show(card, from) {
    cards.forEach(function (one) { one.classList.toggle("on", one === card); });
    var number = card.id.slice(1), first = null;
    marks.forEach(function (mark) {
      var lit = of(mark).indexOf(number) >= 0;
      var chief = lit && (mark.getAttribute("data-s") || "").split(" ").indexOf(number) >= 0;
      mark.classList.toggle("lit", lit);
      mark.classList.toggle("chief", chief);
      if (lit && (chief || !first)) { first = mark; }
    });
    card.hidden = false;
    if (from !== "card") { card.scrollIntoView({ block: "nearest" }); }
    if (from !== "mark" && first) { first.scrollIntoView({ block: "center" }); }
  }
  function clicked(mark) {
    var mine = of(mark).map(function (id) { return document.getElementById("f" + id); });
    var open = mine.findIndex(function (card) { return card.classList.contains("on"); });
    show(mine[(open + 1) % mine.length], "mark");
  }
  function press(element, act) {
    element.addEventListener("click", act);
    element.addEventListener("keydown", function (event) {
      if (event.target !== element) { return; }
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(event); }
    });
  }
  marks.forEach(function (mark) { press(mark, function () { clicked(mark); }); });
  cards.forEach(function (card) {
    press(card, function (event) {
      if (!event.target.closest(".term-link")) { show(card, "card"); }
    });
    card.querySelectorAll(".term-link").forEach(function (link) {
      link.addEventListener("click", function () {
        show(card, "mark");
        var mark = document.querySelector('.n[data-at="' + link.getAttribute("data-at") + '"]');
        if (mark) { mark.scrollIntoView({ block: "center" }); mark.focus(); }
      });
    });
  });
  function sift() {
    var on = {};
    filters.forEach(function (one) {
      on[one.getAttribute("data-v")] = one.getAttribute("aria-pressed") === "true";
    });
    cards.forEach(function (card) { card.hidden = !on[card.getAttribute("data-v")]; });
    none.hidden = cards.some(seen);
  }
  filters.forEach(function (one) {
    one.addEventListener("click", function () {
      one.setAttribute("aria-pressed", String(one.getAttribute("aria-pressed") !== "true"));
      sift();
    });
  });
  function stops() {
    return marks.filter(function (mark) {
      return (mark.getAttribute("data-s") || "").split(" ").some(function (id) {
        return id && seen(document.getElementById("f" + id));
      });
    });
  }
  function move(step) {
    var all = stops(), at = all.indexOf(document.activeElement);
    if (at < 0) { at = all.indexOf(document.querySelector(".n.chief")); step = at < 0 ? step : 0; }
    var next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
    next = Math.max(0, Math.min(all.length - 1, next));
    all[next].scrollIntoView({ block: "nearest" });
    all[next].focus({ preventScroll: true });
  }
  document.addEventListener("keydown", function (event) {
    var step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || !stops().length) { return; }
    event.preventDefault();
    move(step);
  });
  sift();
  var first = cards.filter(seen)[0];
  if (first) { show(first, "mark"); window.scrollTo(0, 0); }
})();
"""

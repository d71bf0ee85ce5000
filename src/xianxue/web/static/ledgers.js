/* Reports on the spot: kept in this telephone until the bureau has them, however bad the line is.

   Each report has a key of its own, made once; it may be sent as often as it takes and is registered
   once. Photographs go first, one by one in their order, each with its own state; then the report
   with the words by which they are bound. Without this script the form is sent as any other. */
(function () {
  "use strict";
  var box = document.getElementById("outbox"), form = document.getElementById("record");
  if (!box || !form || !window.indexedDB || !window.fetch) { return; }
  var who = box.getAttribute("data-who"), ledger = box.getAttribute("data-ledger");
  function word(name) { return box.getAttribute("data-" + name); }
  var busy = false, opened = null, finished = [], RETRY = 8000;

  function key() {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
  }
  function base() {
    opened = opened || new Promise(function (done, failed) {
      var asked = window.indexedDB.open("xianxue-ledgers", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore("reports", { keyPath: "key" }); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = function () { failed(asked.error); };
    });
    return opened;
  }
  function act(mode, doing) {
    return base().then(function (db) {
      return new Promise(function (done, failed) {
        var turn = db.transaction("reports", mode), asked = doing(turn.objectStore("reports"));
        turn.oncomplete = function () { done(asked.result); };
        turn.onerror = turn.onabort = function () { failed(turn.error); };
      });
    });
  }
  function put(report) { return act("readwrite", function (store) { return store.put(report); }); }
  function drop(report) { return act("readwrite", function (store) { return store.delete(report.key); }); }
  // Whoever else uses this telephone neither sees nor sends it.
  function mine() {
    return act("readonly", function (store) { return store.getAll(); }).then(function (all) {
      return all.filter(function (one) { return one.who === who && one.ledger === ledger; })
        .sort(function (a, b) { return a.at - b.at; });
    });
  }

  function element(name, words, kind) {
    var made = document.createElement(name);
    if (words) { made.textContent = words; }
    if (kind) { made.className = kind; }
    return made;
  }
  function button(words, doing) {
    var made = element("button", words, "button small");
    made.type = "button";
    made.addEventListener("click", doing);
    return made;
  }
  function show() {
    return mine().then(function (all) {
      box.textContent = "";
      finished.concat(all).forEach(function (report) { box.appendChild(card(report)); });
      return all;
    });
  }
  function card(report) {
    var made = element("section", "", "outbox " + report.state);
    var words = report.state === "done" ? word("done") : report.state === "refused" ? word("refused") + (report.said || "") :
      report.state === "door" ? word("door") : report.state === "failed" ? word("offline") : word("queued");
    made.setAttribute("data-key", report.key);
    made.appendChild(element("strong", words));
    made.appendChild(element("p", report.title, "second"));
    var list = element("ol");
    report.photos.forEach(function (photo) {
      list.appendChild(element("li", photo.name + " " + (photo.said ? word("refused") + photo.said : word(photo.state))));
    });
    if (report.photos.length) { made.appendChild(list); }
    var deeds = element("div", "", "deeds");
    if (report.to) {
      var link = element("a", report.number, "button small");
      link.href = report.to;
      deeds.appendChild(link);
    } else {
      deeds.appendChild(button(word("again"), function () { send(); }));
      if (report.state === "refused") { deeds.appendChild(button(word("back"), function () { back(report); })); }
      var away = button(word("drop"), function () {
        if (away.getAttribute("data-asked")) { drop(report).then(show); return; }
        away.setAttribute("data-asked", "1");
        away.textContent = word("sure");
      });
      deeds.appendChild(away);
    }
    made.appendChild(deeds);
    return made;
  }

  // What was refused stands in the form again, its photographs with it.
  function back(report) {
    report.fields.forEach(function (pair) {
      var field = form.elements[pair[0]];
      if (field && field.type !== "file" && !/^(csrf|deed|key|quick)/.test(pair[0])) { field.value = pair[1]; }
    });
    kept = report.photos;
    drop(report).then(show);
    waiting();
    form.scrollIntoView();
  }
  var kept = [];
  function waiting() {
    var old = form.querySelector(".kept-photos");
    if (old) { old.parentNode.removeChild(old); }
    if (!kept.length) { return; }
    var list = element("ol", "", "kept-photos");
    kept.forEach(function (photo) { list.appendChild(element("li", photo.name)); });
    form.querySelector("input[type=file]").parentNode.appendChild(list);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.getAttribute("data-keeping")) { return; }
    form.setAttribute("data-keeping", "1");
    var input = form.querySelector("input[type=file]"), fields = [], said = new FormData(form);
    said.forEach(function (value, name) { if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "deed" && name !== "key") { fields.push([name, value]); } });
    // Read now: a photograph that the gallery removes later is still sent.
    var files = Array.prototype.slice.call(input.files);
    Promise.all(files.map(bytes)).then(function (read) {
      var photos = kept.concat(files.map(function (file, at) {
        return { name: file.name, type: file.type, data: read[at], state: "waiting", token: "", said: "" };
      }));
      var first = form.querySelector("textarea, input[type=text]");
      return put({ key: key(), who: who, ledger: ledger, at: Date.now(), action: form.getAttribute("action"), title: first ? first.value : "",
        fields: fields, photos: photos, state: "queued", said: "", to: "", number: "" });
    }).then(function () {
      kept = [];
      form.reset();
      waiting();
      form.removeAttribute("data-keeping");
      return show();
    }).then(send, function () {
      // No room in the telephone: sent as any form is.
      form.removeAttribute("data-keeping");
      form.submit();
    });
  }, true);
  function bytes(file) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.onerror = function () { failed(reader.error); };
      reader.readAsArrayBuffer(file);
    });
  }

  // Asked anew each time: whoever signed in again has another word against forged forms.
  function token() {
    return fetch(window.location.pathname, { credentials: "same-origin" }).then(function (answer) {
      if (answer.redirected && /\/login/.test(answer.url)) { throw { door: true }; }
      if (!answer.ok) { throw { failed: true }; }
      return answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      var field = page.querySelector("#record [name=csrfmiddlewaretoken]"), there = page.getElementById("outbox");
      if (!field || !there || there.getAttribute("data-who") !== who) { throw { door: true }; }
      return field.value;
    });
  }
  function post(action, said) {
    return fetch(action, { method: "POST", body: said, credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) {
        if (answer.redirected && /\/login/.test(answer.url)) { throw { door: true }; }
        if (answer.status === 422) { return answer.json().then(function (told) { throw { said: told.issues.join("；") }; }); }
        if (answer.status === 413) { throw { said: "413" }; }
        if (!answer.ok) { throw { failed: true }; }
        return answer.json();
      });
  }
  function send() {
    if (busy) { return Promise.resolve(); }
    busy = true;
    return mine().then(function (all) {
      return all.filter(function (one) { return !one.to && one.state !== "refused"; })
        .reduce(function (before, report) { return before.then(function () { return one(report); }); }, Promise.resolve());
    }).catch(function () { return null; }).then(function () { busy = false; return show(); });
  }
  function one(report) {
    return token().then(function (forged) {
      return report.photos.reduce(function (before, photo) {
        return before.then(function () { return photograph(report, photo, forged); });
      }, Promise.resolve()).then(function () {
        if (report.photos.some(function (photo) { return photo.said; })) { throw { said: report.photos.map(function (photo) { return photo.said; }).filter(Boolean).join("；") }; }
        var said = new FormData();
        report.fields.forEach(function (pair) { said.append(pair[0], pair[1]); });
        report.photos.forEach(function (photo) { said.append("kept", photo.token); });
        said.append("key", report.key);
        said.append("csrfmiddlewaretoken", forged);
        return post(report.action, said);
      });
    }).then(function (told) {
      report.state = "done"; report.to = told.to; report.number = told.number;
      // What has arrived takes no room in the telephone any more.
      report.photos.forEach(function (photo) { photo.data = null; });
      finished.push(report);
      return drop(report);
    }, function (why) {
      report.state = why && why.said ? "refused" : why && why.door ? "door" : "failed";
      report.said = why && why.said ? why.said : "";
      report.photos.forEach(function (photo) { if (photo.state === "sending") { photo.state = "failed"; } });
      return put(report).then(function () { throw why; });
    });
  }
  function photograph(report, photo, forged) {
    if (photo.token) { return Promise.resolve(); }
    photo.state = "sending";
    photo.said = "";
    return put(report).then(show).then(function () {
      var said = new FormData();
      said.append("files", new Blob([photo.data], { type: photo.type }), photo.name);
      said.append("csrfmiddlewaretoken", forged);
      return post(word("photo"), said);
    }).then(function (told) {
      photo.state = "sent"; photo.token = told.kept;
      return put(report).then(show);
    }, function (why) {
      if (why && why.said) { photo.state = "failed"; photo.said = why.said; return null; }
      photo.state = "failed";
      throw why;
    });
  }

  window.addEventListener("online", function () { send(); });
  window.setInterval(function () {
    mine().then(function (all) { if (all.some(function (one) { return !one.to && one.state !== "refused"; })) { send(); } });
  }, RETRY);
  show().then(send);
}());

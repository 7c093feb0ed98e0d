// The review page: a list, one suggestion, a decision. Data are only ever shown as text.
(function () {
  "use strict";
  var ROWS = 100;
  var root = document.getElementById("app"), data, words, decided = {}, waived = {}, tab = "items", found = [], at = 0;
  var ui = {};

  function el(tag, attributes) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key];
      if (key === "text") { node.textContent = value; }
      else if (key.slice(0, 2) === "on") { node.addEventListener(key.slice(2), value); }
      else if (value !== false && value !== null && value !== undefined) { node.setAttribute(key, value === true ? "" : value); }
    });
    for (var i = 2; i < arguments.length; i += 1) {
      [].concat(arguments[i]).forEach(function (child) { if (child) { node.append(child); } });
    }
    return node;
  }
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, key) { return key in values ? values[key] : all; });
  }
  function key(asset, other) {
    return JSON.stringify(other ? [asset, other].sort() : [asset]);
  }
  function subject(row) { return tab === "items" ? [row.id, null] : [row.left.id, row.right.id]; }
  function decision(row) { var s = subject(row); return decided[key(s[0], s[1])]; }
  function unit(row) { return tab === "items" ? [row.unit] : [row.left.unit, row.right.unit]; }
  function choice(row) { return tab === "items" ? row.action_name : row.relation_name; }
  function title(row) { return tab === "items" ? row.name : row.left.name + " ↔ " + row.right.name; }

  function start(loaded) {
    data = loaded; words = data.words;
    data.decided.forEach(function (one) { decided[key(one.asset, one.other)] = one; });
    (data.waived || []).forEach(function (one) { waived[one.rule + " " + one.asset] = one; });
    data.items.forEach(function (row) { row.text = [row.id, row.name, row.unit, row.why, row.place].join("\n").toLowerCase(); });
    data.pairs.forEach(function (row) {
      row.text = [row.left.id, row.left.name, row.left.unit, row.right.id, row.right.name, row.right.unit].join("\n").toLowerCase();
    });
    ui.tabs = ["items", "pairs"].map(function (name) {
      return el("button", { type: "button", onclick: function () { open(name); } });
    });
    ui.search = el("input", { type: "search", placeholder: words.search, "aria-label": words.search, oninput: search });
    ui.state = el("select", { "aria-label": words.decision, onchange: search });
    ["open", "decided", "all"].forEach(function (name) { ui.state.append(new Option(words[name], name)); });
    ui.choice = el("select", { "aria-label": words.proposal, onchange: search });
    ui.unit = el("select", { "aria-label": words.unit, onchange: search });
    ui.keep = el("input", { type: "checkbox", onchange: function () { choices(); search(); } });
    ui.keepLabel = el("label", { "class": "soft" }, ui.keep, " " + words["keep-too"]);
    ui.count = el("span", { "class": "count", "aria-live": "polite" });
    ui.list = el("ol", { id: "list", role: "listbox", "aria-label": words.title, tabindex: 0 });
    ui.one = el("article", { id: "one", "aria-live": "polite" });
    ui.reason = el("input", { placeholder: words["reason-hint"], "aria-label": words.reason, maxlength: 500, onchange: reasoned });
    ui.buttons = el("div", { "class": "row buttons" });
    ui.change = el("div", { "class": "row", hidden: true });
    ui.told = el("p", { id: "state", role: "status" });
    root.append(
      el("header", {},
        el("div", { "class": "row" }, el("h1", { text: words.title }), ui.tabs, ui.count),
        el("div", { "class": "row" }, el("span", { "class": "grow" }, ui.search), ui.state, ui.choice, ui.unit, ui.keepLabel)),
      el("main", {}, ui.list, ui.one),
      el("footer", {},
        el("div", { "class": "row" }, ui.buttons, el("span", { "class": "grow" }, ui.reason)),
        ui.change, el("div", { "class": "row" }, ui.told, el("span", { "class": "keys", text: words.keys }))));
    ui.search.style.width = "100%"; ui.reason.style.width = "100%";
    document.addEventListener("keydown", pressed);
    open("items");
  }

  function open(name) { tab = name; at = 0; choices(); search(); }

  // Only what occurs can be chosen.
  function choices() {
    var rows = tab === "items" ? data.items.filter(shownItem) : data.pairs, units = {}, kinds = {};
    rows.forEach(function (row) {
      kinds[choice(row)] = (kinds[choice(row)] || 0) + 1;
      unit(row).forEach(function (name) { if (name) { units[name] = (units[name] || 0) + 1; } });
    });
    [[ui.choice, kinds, tab === "items" ? words["any-action"] : words["any-relation"]], [ui.unit, units, words["any-unit"]]].forEach(function (one) {
      one[0].replaceChildren(new Option(one[2], ""));
      Object.keys(one[1]).sort().forEach(function (name) { one[0].append(new Option(name + " " + one[1][name], name)); });
    });
    ui.keepLabel.hidden = tab !== "items";
  }
  function shownItem(row) { return row.action !== "keep" || ui.keep.checked || row.pinned || decision(row); }

  function search() {
    var wanted = ui.search.value.trim().toLowerCase(), state = ui.state.value;
    var rows = tab === "items" ? data.items.filter(shownItem) : data.pairs;
    var done = rows.filter(decision).length;
    found = rows.filter(function (row) {
      if (state !== "all" && (state === "decided") !== Boolean(decision(row))) { return false; }
      if (ui.choice.value && choice(row) !== ui.choice.value) { return false; }
      if (ui.unit.value && unit(row).indexOf(ui.unit.value) < 0) { return false; }
      return !wanted || row.text.indexOf(wanted) >= 0;
    });
    at = Math.min(at, Math.max(0, found.length - 1));
    [["items", data.items.filter(shownItemOnly).length], ["pairs", data.pairs.length]].forEach(function (one, i) {
      ui.tabs[i].textContent = words[one[0]] + " " + one[1];
      ui.tabs[i].setAttribute("aria-pressed", String(tab === one[0]));
    });
    ui.count.textContent = fill(words.of, { decided: done, all: rows.length });
    draw();
  }
  function shownItemOnly(row) { var held = tab; tab = "items"; var yes = shownItem(row); tab = held; return yes; }

  function draw() {
    var from = Math.floor(at / ROWS) * ROWS, fresh = document.createDocumentFragment();
    function more(to, label) {
      return el("button", { type: "button", text: label, disabled: to < 0 || to >= found.length, onclick: function () { go(to); } });
    }
    found.slice(from, from + ROWS).forEach(function (row, i) {
      var said = decision(row);
      fresh.append(el("li", { role: "option", "aria-selected": String(from + i === at), onclick: function () { go(from + i); } },
        said ? el("span", { "class": "said", text: said.written }) : null,
        el("div", { text: title(row) }),
        el("div", { "class": "soft", text: choice(row) + (row.target ? " → " + row.target : "") + " · " + unit(row).filter(Boolean).filter(function (n, j, a) { return a.indexOf(n) === j; }).join(" ↔ ") })));
    });
    if (found.length > ROWS) {
      fresh.append(el("li", { "class": "pager", role: "presentation" }, more(from - ROWS, words.previous), more(from + ROWS, words.next)));
    }
    if (!found.length) { fresh.append(el("li", { "class": "soft", text: words.none })); }
    ui.list.replaceChildren(fresh);
    var chosen = ui.list.querySelector("[aria-selected=true]");
    if (chosen) { chosen.scrollIntoView({ block: "nearest" }); }
    detail();
  }

  function go(to) {
    if (to >= 0 && to < found.length) { at = to; ui.one.scrollTop = 0; tell("", ""); draw(); }
  }

  function detail() {
    var row = found[at], parts = [];
    ui.change.hidden = true;
    if (!row) { ui.one.replaceChildren(); ui.buttons.replaceChildren(); ui.reason.value = ""; return; }
    var said = decision(row);
    ui.reason.value = said ? said.reason : "";
    if (tab === "items") { parts = item(row); } else { parts = pair(row); }
    if (said) { parts.splice(1, 0, el("p", {}, words.decision + words.colon, el("strong", { text: said.written }), el("span", { "class": "soft", text: " " + said.at + (said.reason ? " · " + said.reason : "") }))); }
    ui.one.replaceChildren.apply(ui.one, parts);
    var verdicts = tab === "items" ? ["accept", "reject", "change", "defer"] : ["accept", "different", "same", "defer"];
    ui.buttons.replaceChildren.apply(ui.buttons, verdicts.map(function (name, i) {
      var name_ = data.verdicts[name], on = said && said.written.indexOf(name_) === 0;
      return el("button", { type: "button", "aria-pressed": String(Boolean(on)), disabled: name === "accept" && tab === "items" && !row.accepted, onclick: function () { choose(name); } },
        el("kbd", { text: String(i + 1) }), name_);
    }).concat(el("button", { type: "button", disabled: !said, onclick: function () { send("", "", ""); } }, el("kbd", { text: "u" }), words.withdraw)));
  }

  function list(heading, nodes) { return nodes.length ? [el("h3", { text: heading }), el("ul", {}, nodes)] : []; }

  function item(row) {
    var accepted = row.accepted && (row.action === "refer")
      ? el("p", { text: words["if-accepted"] + words.colon + row.accepted.action + (row.accepted.target ? " → " + row.accepted.target : "") }) : null;
    return [
      el("h2", { text: row.name }),
      el("p", { "class": "soft", text: [row.kind, row.unit, row.place].filter(Boolean).join(" · ") }),
      el("div", { "class": "proposal" },
        el("p", {}, words.proposal + words.colon, el("strong", { text: row.action_name + (row.target ? " → " + row.target : "") }), row.pinned ? el("span", { "class": "soft", text: " " + words.fixed }) : null),
        el("p", { text: words.why + words.colon + row.why }),
        row.question ? el("p", { text: words.question + words.colon + row.question }) : null, accepted),
    ].concat(
      list(words.problems, row.problems.map(function (one) {
        return el("li", {}, el("span", { "class": "severe", text: one.severity + " " }), one.rule, one.words ? words.colon + "“" + one.words + "”" : "",
          el("div", { text: one.reason }), el("div", { "class": "soft", text: [one.place, one.clause].filter(Boolean).join(" · ") }),
          waiver(row, one));
      })),
      list(words.duplicates, row.pairs.map(function (one) { return el("li", { text: one.relation + words.colon + one.name }); })),
      list(words.clauses, row.clauses.map(function (one) { return el("li", { text: one }); })),
      [el("p", { "class": "soft", text: row.id })]);
  }

  // A problem that is, or can be, accepted: why, by whom and until when go to the history.
  function waiver(row, one) {
    var held = waived[one.id + " " + row.id], box = el("div", { "class": "row" });
    function typed(word) { return el("input", { placeholder: words[word], "aria-label": words[word], maxlength: 500 }); }
    function button(word, act) { return el("button", { type: "button", text: words[word], onclick: act }); }
    if (held) {
      box.append(el("strong", { text: words.waived }), el("span", { text: fill(words["waived-by"], { reason: held.reason, by: held.by, until: held.until || words["waive-end"] }) }));
    } else if (one.waiver) { box.append(el("span", { "class": "soft", text: words["waive-none"] + one.waiver })); }
    if (!data.waived) { return held || one.waiver ? box : null; }
    if (held) { box.append(button("withdraw", function () { waive(row, one, { reason: "", by: "", until: "", withdraw: true }); })); return box; }
    box.append(button("waive", function () {
      var why = typed("waive-reason"), who = typed("waive-by"), until = typed("waive-until");
      box.replaceChildren(why, who, until, button("save", function () {
        waive(row, one, { reason: why.value, by: who.value, until: until.value.trim(), withdraw: false });
      }), button("cancel", detail));
      why.focus();
    }));
    return box;
  }

  function waive(row, one, said) {
    said.rule = one.id; said.asset = row.id;
    fetch("waive", {
      method: "POST", headers: { "Content-Type": "application/json" }, credentials: "omit", referrerPolicy: "no-referrer", body: JSON.stringify(said)
    }).then(function (answer) {
      return answer.json().then(function (body) {
        if (!answer.ok) { throw new Error(body.error); }
        if (body.waived) { waived[one.id + " " + row.id] = body.waived; } else { delete waived[one.id + " " + row.id]; }
        if (found[at] === row) { detail(); }
        tell((body.waived ? words.waived : words.withdraw) + words.colon + one.rule, "good");
      });
    }).catch(function (error) { tell(words.failed + " " + (error.message || ""), "bad"); });
  }

  function pair(row) {
    function side(one) {
      return el("div", {}, el("strong", { text: one.name }), el("div", { "class": "soft", text: [one.kind, one.unit].filter(Boolean).join(" · ") }),
        el("div", { "class": "soft", text: one.place || "" }), el("div", { "class": "soft", text: one.id }));
    }
    var rows = [{ field: words.prior, weight: row.prior, said: "" }].concat(row.evidence);
    var most = rows.reduce(function (m, one) { return Math.max(m, Math.abs(one.weight)); }, 1);
    var fall = el("dl", { "class": "fall" });
    function signed(n) { return Math.abs(n) < 0.05 ? "0.0" : (n < 0 ? "−" : "+") + Math.abs(n).toFixed(1); }
    rows.concat({ field: words.together, weight: row.weight, said: (row.probability * 100).toFixed(1) + "%", sum: true }).forEach(function (one) {
      var bar = el("i", { "class": one.weight < 0 ? "against" : "for" });
      bar.style.width = one.sum ? "0" : (Math.abs(one.weight) / most * 50).toFixed(1) + "%";
      fall.append(el("dt", { text: one.field }), el("dd", { "class": "n", text: signed(one.weight) }), el("dd", { "class": "bar", "aria-hidden": "true" }, bar), el("dd", { text: one.said }));
    });
    return [el("h2", { text: row.relation_name + words.colon + title(row) }), el("div", { "class": "sides" }, side(row.left), side(row.right)),
      el("h3", { text: words.evidence }), fall];
  }

  function choose(name) {
    var row = found[at];
    if (!row) { return; }
    if (name === "accept" && tab === "items" && !row.accepted) { return; }
    if (name !== "change") { send(name, "", ""); return; }
    var action = el("select", { "aria-label": words["change-to"] }), known = el("datalist", { id: "known" });
    data.actions.forEach(function (one) { action.append(new Option(one.name, one.id)); });
    data.items.slice(0, 2000).forEach(function (one) { known.append(new Option(one.name + " · " + one.unit, one.id)); });
    var target = el("input", { list: "known", placeholder: words.target, "aria-label": words.target });
    function wants() { target.hidden = !data.actions[action.selectedIndex].target; }
    action.addEventListener("change", wants); wants();
    function save() { send("change", action.value, target.hidden ? "" : target.value.trim()); }
    ui.change.replaceChildren(el("span", { text: words["change-to"] }), action, target, known,
      el("button", { type: "button", text: words.save, onclick: save }),
      el("button", { type: "button", text: words.cancel, onclick: function () { ui.change.hidden = true; } }));
    ui.change.onkeydown = function (event) {
      if (event.key === "Enter" && event.target.tagName !== "BUTTON") { event.preventDefault(); save(); }
    };
    ui.change.hidden = false; action.focus();
  }

  // A reason that is written after the decision goes to it.
  function reasoned() {
    var row = found[at], said = row && decision(row);
    if (said && said.reason !== ui.reason.value) { send("reason", "", "", true); }
  }

  function send(verdict, action, target, stays) {
    var row = found[at], about = subject(row);
    fetch("decide", {
      method: "POST", headers: { "Content-Type": "application/json" }, credentials: "omit", referrerPolicy: "no-referrer",
      body: JSON.stringify({ asset: about[0], other: about[1], verdict: verdict, action: action, target: target, reason: ui.reason.value })
    }).then(function (answer) {
      return answer.json().then(function (body) {
        if (!answer.ok) { throw new Error(body.error); }
        if (body.decision) { decided[key(about[0], about[1])] = body.decision; } else { delete decided[key(about[0], about[1])]; }
        var kept = ui.state.value === "all" || stays || !verdict;
        ui.change.hidden = true;
        document.activeElement.blur();
        search();
        // What is decided leaves the list of what is open, and the next one takes its place.
        if (kept && !stays && verdict) { go(at + 1); }
        tell(fill(words.saved, { name: title(row), count: body.count }), "good");
      });
    }).catch(function (error) { tell(words.failed + " " + (error.message || ""), "bad"); });
  }

  function tell(text, kind) { ui.told.textContent = text; ui.told.className = kind; }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape") { ui.change.hidden = true; if (typing) { event.target.blur(); } return; }
    if (typing) { if (event.key === "Enter" && event.target === ui.reason) { ui.reason.blur(); } return; }
    var verdicts = tab === "items" ? ["accept", "reject", "change", "defer"] : ["accept", "different", "same", "defer"];
    var act = {
      j: function () { go(at + 1); }, ArrowDown: function () { go(at + 1); }, k: function () { go(at - 1); }, ArrowUp: function () { go(at - 1); },
      u: function () { if (found[at] && decision(found[at])) { send("", "", ""); } },
      "/": function () { ui.search.focus(); }, r: function () { ui.reason.focus(); },
      t: function () { open(tab === "items" ? "pairs" : "items"); }
    }[event.key];
    var number = "1234".indexOf(event.key);
    if (event.key.length === 1 && number >= 0 && found[at]) { act = function () { choose(verdicts[number]); }; }
    if (act) { event.preventDefault(); act(); }
  }

  fetch("data", { credentials: "omit" }).then(function (answer) { return answer.json(); }).then(start).catch(function (error) {
    root.textContent = String(error.message || error);
  });
})();

// The list of items (search, filters, pages) and folding. Data are only ever shown as text.
(function () {
  "use strict";
  // Fewer rows a page where each is a card.
  var ROWS = window.innerWidth < 640 ? 25 : 100, PAUSE = 60, SUGGESTED = 500;
  var byId = function (id) { return document.getElementById(id); };
  document.documentElement.classList.add("js");

  var data = JSON.parse(byId("data").textContent);
  var words = data.words, rows = data.rows, books = data.books, columns = data.columns;
  var column = function (key) { return columns.indexOf(key); };
  var shown = ["name", "unit", "problem", "target", "why", "id"].map(column);
  var fields = {}, filters = Array.from(document.querySelectorAll("#filters select"));
  var body = document.querySelector("#t-assets tbody");
  var titles = Array.from(document.querySelectorAll("#t-assets thead th"), function (th) { return th.textContent; });
  var found = [], page = 0, timer = 0;

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, key) { return key in values ? values[key] : all; });
  }
  function text(row, at) { return books[at] ? books[at][row[at]] : row[at]; }

  // Choices of a filter: words that occur, with how often.
  filters.forEach(function (select) {
    var at = column(select.dataset.column), counts = books[at].map(function () { return 0; });
    rows.forEach(function (row) { counts[row[at]] += 1; });
    select.add(new Option(words.any, ""));
    books[at].forEach(function (word, number) {
      if (counts[number] > 0) {
        var name = word === "" ? words.blank : word;
        select.add(new Option(fill(words.choice, { name: name, count: counts[number] }), String(number)));
      }
    });
    fields[select.id] = at;
  });
  books[column("region")].slice(0, SUGGESTED).forEach(function (word) {
    byId("regions-known").append(new Option(word, word));
  });

  // Which words of a column contain the text: looked up once a word, not once a row.
  function matches(at, wanted) {
    return books[at].map(function (word) { return word.toLowerCase().indexOf(wanted) >= 0; });
  }

  function search() {
    var wanted = byId("f-text").value.trim().toLowerCase();
    var place = byId("f-region").value.trim().toLowerCase(), region = column("region");
    var places = place ? matches(region, place) : null;
    var exact = filters.filter(function (select) { return select.value !== ""; }).map(function (select) {
      return [fields[select.id], Number(select.value)];
    });
    var hits = shown.map(function (at) { return wanted && books[at] ? matches(at, wanted) : null; });
    found = rows.filter(function (row) {
      if (places && !places[row[region]]) { return false; }
      if (!exact.every(function (pair) { return row[pair[0]] === pair[1]; })) { return false; }
      return !wanted || shown.some(function (at, i) {
        return hits[i] ? hits[i][row[at]] : row[at].toLowerCase().indexOf(wanted) >= 0;
      });
    });
    page = 0;
    draw();
  }

  function draw() {
    var pages = Math.max(1, Math.ceil(found.length / ROWS));
    var fresh = document.createDocumentFragment();
    found.slice(page * ROWS, page * ROWS + ROWS).forEach(function (row) {
      var tr = document.createElement("tr");
      // On narrow screens rows are laid out as cards; the roles keep them a table to screen readers.
      tr.setAttribute("role", "row");
      columns.forEach(function (key, at) {
        var cell = document.createElement(at === 0 ? "th" : "td");
        if (at === 0) { cell.scope = "row"; }
        cell.setAttribute("role", at === 0 ? "rowheader" : "cell");
        cell.dataset.title = titles[at];
        if (key === "id") { cell.className = "id"; }
        cell.textContent = text(row, at);
        tr.append(cell);
      });
      fresh.append(tr);
    });
    body.replaceChildren(fresh);
    byId("found").textContent =
      fill(words.found, { count: found.length, total: rows.length, page: page + 1, pages: pages });
    byId("previous").disabled = page === 0;
    byId("next").disabled = page + 1 >= pages;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  }
  function turn(by) {
    page += by;
    draw();
    byId("found").focus();
  }

  byId("filters").addEventListener("input", later);
  byId("filters").addEventListener("submit", function (event) { event.preventDefault(); search(); });
  byId("filters").addEventListener("reset", later);
  byId("previous").addEventListener("click", function () { turn(-1); });
  byId("next").addEventListener("click", function () { turn(1); });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    if (button.dataset.fold) {
      button.closest("section").querySelectorAll("details").forEach(function (part) {
        part.open = button.dataset.fold === "open";
      });
    } else if (button.dataset.region) {
      byId("filters").reset();
      byId("f-region").value = button.dataset.region;
      clearTimeout(timer);
      search();
      byId("assets").scrollIntoView();
      byId("found").focus({ preventScroll: true });
    }
  });
  search();
})();

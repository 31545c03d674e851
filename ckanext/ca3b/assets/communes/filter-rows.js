/* Filters the rows of a table by their first cell, as one types; accents, case and hyphens do not matter. */
this.ckan.module("ca3b-filter-rows", function () {
  "use strict";

  function plain(text) {
    return text
      .replace(/œ/gi, "oe")
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .replace(/\bste?\b/g, function (word) { return word === "st" ? "saint" : "sainte"; })
      .trim();
  }

  return {
    options: { counted: "{number}/{total}" },

    initialize: function () {
      var field = this.el.find(".ca3b-filter-rows-field");
      this.input = field.find("input");
      this.count = field.find("[aria-live]");
      this.rows = this.el.find("tbody tr").get().map(function (row) {
        return { row: row, key: plain(row.cells[0].textContent) };
      });
      field.prop("hidden", false);
      this.input.on("input", this.filter.bind(this));
      if (this.input.val()) { this.filter(); }
    },

    filter: function () {
      var wanted = plain(this.input.val());
      var shown = 0;
      this.rows.forEach(function (each) {
        each.row.hidden = each.key.indexOf(wanted) < 0;
        if (!each.row.hidden) { shown += 1; }
      });
      this.count.text(
        wanted ? this.options.counted.replace("{number}", shown).replace("{total}", this.rows.length) : ""
      );
    }
  };
});

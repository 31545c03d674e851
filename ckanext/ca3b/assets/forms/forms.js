/* Lists that grow, long lists that are filtered, and the summary of errors that takes the focus.
   Without this script every form still works: rows are removed by ticking a box. */
"use strict";

ckan.module("ca3b-add-row", function ($) {
  return {
    options: { next: 1 },
    initialize: function () {
      var element = this.el[0];
      var template = element.querySelector("template");
      var button = element.querySelector(":scope > .ca3b-add");
      if (!template || !button) return;
      var next = parseInt(this.options.next, 10);
      button.hidden = false;
      button.addEventListener("click", function () {
        var holder = document.createElement("div");
        // The row of the template is number 999, which no form of ours reaches.
        holder.innerHTML = template.innerHTML.replace(/-999-/g, "-" + next + "-").replace(/__number__/g, next + 1);
        next += 1;
        var row = holder.firstElementChild;
        element.querySelector(".ca3b-rows").appendChild(row);
        $("[data-module]", row).each(function () { ckan.module.initializeElement(this); });
        var first = row.querySelector("input:not([type=hidden]), select, textarea");
        if (first) first.focus();
      });
    }
  };
});

ckan.module("ca3b-add-line", function () {
  return {
    initialize: function () {
      var element = this.el[0];
      var button = element.querySelector(".ca3b-add");
      var list = element.querySelector(".ca3b-lines");
      button.hidden = false;
      button.addEventListener("click", function () {
        var line = list.lastElementChild.cloneNode(true);
        var number = list.children.length + 1;
        var input = line.querySelector("input");
        var label = line.querySelector("label");
        var id = input.id.replace(/\d+$/, number);
        input.id = id;
        input.value = "";
        label.htmlFor = id;
        label.textContent = label.textContent.replace(/\d+\s*$/, number);
        list.appendChild(line);
        input.focus();
      });
    }
  };
});

ckan.module("ca3b-filter-choices", function () {
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  }
  return {
    options: { label: "", none: "" },
    initialize: function () {
      var element = this.el[0];
      var lines = Array.prototype.slice.call(element.querySelectorAll("li"));
      if (lines.length < 15) return;
      var id = "filter-" + element.closest("fieldset").id;
      var label = document.createElement("label");
      label.htmlFor = id;
      label.textContent = this.options.label;
      var input = document.createElement("input");
      input.type = "search";
      input.id = id;
      input.className = "form-control ca3b-filter";
      input.autocomplete = "off";
      var status = document.createElement("p");
      status.className = "ca3b-aside";
      status.setAttribute("role", "status");
      var none = this.options.none;
      element.prepend(label, input, status);
      input.addEventListener("input", function () {
        var wanted = plain(input.value);
        var shown = 0;
        lines.forEach(function (line) {
          var keep = line.querySelector("input").checked || plain(line.textContent).indexOf(wanted) >= 0;
          line.hidden = !keep;
          if (keep) shown += 1;
        });
        status.textContent = shown ? "" : none;
      });
      // Enter would send the form.
      input.addEventListener("keydown", function (event) {
        if (event.key === "Enter") event.preventDefault();
      });
    }
  };
});

ckan.module("ca3b-focus", function () {
  return {
    initialize: function () { this.el[0].focus(); }
  };
});

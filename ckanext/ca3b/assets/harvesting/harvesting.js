/* Harvesting: words while a catalogue is read, all the boxes at once. Everything works without. */
"use strict";

/* Says that the answer is on its way, and that one click is enough. */
ckan.module("ca3b-harvest-wait", function () {
  return {
    initialize: function () {
      var form = this.el[0];
      var status = form.querySelector("[role=status]");
      form.addEventListener("submit", function (event) {
        if (form.dataset.sent) { event.preventDefault(); return; }
        form.dataset.sent = "yes";
        if (status && status.dataset.words) status.textContent = status.dataset.words;
      });
      // A page that comes back from the history of the browser can be sent again.
      window.addEventListener("pageshow", function () {
        delete form.dataset.sent;
        if (status && status.dataset.words) status.textContent = "";
      });
    },
  };
});

/* A box that ticks all the others. */
ckan.module("ca3b-harvest-all", function () {
  return {
    options: { words: "" },
    initialize: function () {
      var form = this.el[0];
      var boxes = form.querySelectorAll("input[name=identifier]");
      if (boxes.length < 2) return;
      var label = document.createElement("label");
      var all = document.createElement("input");
      all.type = "checkbox";
      all.className = "form-check-input";
      label.append(all, " " + this.options.words);
      boxes[0].closest("ul").before(label);
      all.addEventListener("change", function () {
        boxes.forEach(function (box) { box.checked = all.checked; });
      });
    },
  };
});

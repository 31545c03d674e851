/* Follows work that goes on without the visitor, then shows the page again. Without it the page is loaded again by
   hand. The address answers {state, step}, and progress when it is known; state is waiting or running meanwhile. */
"use strict";

ckan.module("ca3b-progress", function () {
  return {
    options: { url: "" },
    initialize: function () {
      var url = this.options.url;
      var bar = this.el[0].querySelector("progress");
      var step = this.el[0].querySelector("[role=status]");
      var wait = 1000;

      function again() {
        // Slower and slower: a long work does not need a question every second.
        wait = Math.min(wait * 1.2, 8000);
        window.setTimeout(ask, wait);
      }
      function ask() {
        fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" })
          .then(function (answer) { return answer.ok ? answer.json() : null; })
          .then(function (work) {
            if (!work) { again(); return; }
            if (work.state !== "waiting" && work.state !== "running") { window.location.reload(); return; }
            if (work.progress !== undefined) bar.value = work.progress;
            // The same words are not said twice to those who listen.
            if (step.textContent !== work.step) step.textContent = work.step;
            again();
          })
          .catch(again);
      }
      window.setTimeout(ask, wait);
    },
  };
});

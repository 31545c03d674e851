/* Follows a report being made, then shows the page again. Without it the page is loaded again by itself. */
"use strict";

ckan.module("ca3b-report-progress", function () {
  return {
    options: { url: "" },
    initialize: function () {
      var url = this.options.url;
      var bar = this.el[0].querySelector("progress");
      var step = this.el[0].querySelector("[role=status]");
      var wait = 1000;

      function again() {
        // Slower and slower: a long reading does not need a question every second.
        wait = Math.min(wait * 1.2, 8000);
        window.setTimeout(ask, wait);
      }
      function ask() {
        fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" })
          .then(function (answer) { return answer.ok ? answer.json() : null; })
          .then(function (report) {
            if (!report) { again(); return; }
            if (report.state !== "waiting" && report.state !== "running") { window.location.reload(); return; }
            bar.value = report.progress;
            if (step.textContent !== report.step) step.textContent = report.step;
            again();
          })
          .catch(again);
      }
      window.setTimeout(ask, wait);
    },
  };
});

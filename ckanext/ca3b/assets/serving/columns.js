/* All columns or none in one click: two of forty-six would else be forty-four boxes to clear. */
ckan.module("ca3b-columns", function ($) {
  "use strict";
  return {
    initialize: function () {
      var boxes = this.el.find("input[type=checkbox]");
      this.el.find("[data-check]").prop("hidden", false).on("click", function () {
        boxes.prop("checked", $(this).data("check") === "all");
      });
    }
  };
});

/* The button that copies an example. Without script the text can be selected; the button is not shown. */
ckan.module("ca3b-copy", function ($) {
  "use strict";
  return {
    options: { done: "" },
    initialize: function () {
      var button = this.el.find("button");
      if (!navigator.clipboard) {
        return;
      }
      var text = this.el.find("code").text();
      var said = this.el.find("[role=status]");
      var done = this.options.done;
      button.prop("hidden", false).on("click", function () {
        navigator.clipboard.writeText(text).then(function () {
          said.text(done);
          setTimeout(function () { said.text(""); }, 4000);
        });
      });
    }
  };
});

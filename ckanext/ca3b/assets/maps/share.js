/* « Partager » : the address of what is seen, and the code that puts the map in another page. */
(function (M) {
  "use strict";

  function copied(one, label, text, rows) {
    const area = M.make("textarea", { className: "form-control", readOnly: true, rows, value: text, id: M.uid("map-copy") });
    const said = M.make("span", { role: "status" });
    const button = M.make("button", {
      type: "button", className: "btn btn-sm btn-secondary", textContent: M.say(one.words, "copy"),
      onclick: async () => {
        area.select();
        try { await navigator.clipboard.writeText(area.value); said.textContent = M.say(one.words, "copied"); }
        catch (error) { said.textContent = document.execCommand("copy") ? M.say(one.words, "copied") : M.say(one.words, "copy_by_hand"); }
      },
    });
    return M.make("div", { className: "ca3b-map-field" }, M.make("label", { for: area.id, textContent: label }), area, M.make("p", {}, button, " ", said));
  }

  /* The code to embed; the title is the only text in it, written as an attribute must be. */
  M.embedCode = function (one, fragment) {
    const quoted = (text) => String(text).replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
    const address = new URL(one.embed, window.location.href).href + (fragment ? "#" + fragment : "");
    return '<iframe src="' + quoted(address) + '" title="' + quoted(one.title) + '" width="100%" height="600" loading="lazy" allow="fullscreen; geolocation" referrerpolicy="strict-origin-when-cross-origin"></iframe>';
  };

  M.share = function (one) {
    const { words } = one;
    const fragment = M.writeState(M.readState(one), one.first);
    const page = (one.page || window.location.href).replace(/#.*$/, "");
    const title = M.make("h3", { textContent: M.say(words, "share"), id: M.uid("map-share") });
    const dialog = M.make("dialog", { className: "ca3b-map-dialog", "aria-labelledby": title.id });
    dialog.append(title, copied(one, M.say(words, "share_address"), new URL(page, window.location.href).href + "#" + fragment, 2));
    if (one.embed) { dialog.append(copied(one, M.say(words, "share_code"), M.embedCode(one, fragment), 4)); }
    dialog.append(M.make("button", { type: "button", className: "btn btn-primary", textContent: M.say(words, "close"), onclick: () => dialog.close() }));
    const before = document.activeElement;
    dialog.addEventListener("close", () => { dialog.remove(); if (before) { before.focus(); } });
    (document.fullscreenElement || document.body).append(dialog);
    dialog.showModal();
  };
})(window.ca3bMap = window.ca3bMap || {});

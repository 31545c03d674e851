/* The assistant, enhanced: drag a file, see it go, see it read, lose nothing of what is written.
   Without this script the same forms are sent by their buttons. */
"use strict";

/* A form with one file: sent as soon as it is chosen or dropped, with its progress. */
ckan.module("ca3b-drop", function () {
  return {
    options: { sending: "", reading: "", failed: "", tooBig: "", hint: "" },
    initialize: function () {
      var options = this.options;
      var form = this.el[0];
      var input = form.querySelector("input[type=file]");
      var zone = form.querySelector(".ca3b-drop-zone");
      var hint = form.querySelector(".ca3b-drop-hint");
      var box = form.querySelector(".ca3b-progress");
      var bar = box.querySelector("progress");
      var words = form.querySelector(".ca3b-progress-words");
      form.classList.add("live");
      hint.textContent = options.hint;
      hint.hidden = false;

      function say(text, wrong) {
        words.textContent = text;
        words.classList.toggle("wrong", Boolean(wrong));
      }
      function stop(text) {
        form.classList.remove("busy");
        box.hidden = true;
        input.value = "";
        say(text || options.failed, true);
        input.focus();
      }
      function answered(request) {
        var answer = null;
        try { answer = JSON.parse(request.responseText); } catch (error) { /* not ours: a proxy's page */ }
        if (answer && answer.location) {
          var here = window.location.href;
          window.location.assign(answer.location);
          // The same page with an anchor would not be loaded again.
          if (here.split("#")[0] === new URL(answer.location, here).href.split("#")[0]) window.location.reload();
        } else {
          stop(answer && answer.error ? answer.error : request.status === 413 ? options.tooBig : "");
        }
      }
      function send() {
        if (!input.files.length || !form.reportValidity()) return;
        var request = new XMLHttpRequest();
        request.open("POST", form.action);
        request.setRequestHeader("Accept", "application/json");
        request.upload.addEventListener("progress", function (event) {
          if (event.lengthComputable) bar.value = Math.round(100 * event.loaded / event.total);
        });
        request.upload.addEventListener("load", function () {
          bar.removeAttribute("value");
          say(options.reading);
        });
        request.addEventListener("load", function () { answered(request); });
        request.addEventListener("error", function () { stop(""); });
        var data = new FormData(form);
        form.classList.add("busy");
        box.hidden = false;
        bar.value = 0;
        say(options.sending);
        request.send(data);
      }

      // Chosen before this script was there: nobody would send it, its button being hidden now.
      send();
      input.addEventListener("change", send);
      // A file chosen before the producer waits for it.
      form.addEventListener("change", function (event) { if (event.target !== input) send(); });
      ["dragenter", "dragover"].forEach(function (name) {
        zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("over"); });
      });
      ["dragleave", "drop"].forEach(function (name) {
        zone.addEventListener(name, function () { zone.classList.remove("over"); });
      });
      zone.addEventListener("drop", function (event) {
        if (!event.dataTransfer.files.length) return;
        event.preventDefault();
        input.files = event.dataTransfer.files;
        send();
      });
    }
  };
});

/* What is written is kept as it is written: field by field, and when the page is left. */
ckan.module("ca3b-keep", function () {
  return {
    initialize: function () {
      var form = this.el[0];
      var said = form.querySelector("[data-kept]");
      var waiting = new Set();
      var publishing = false;
      // One at a time: two changes of one dataset at once would undo each other.
      var sending = false;
      function keep() {
        if (!waiting.size || publishing || sending) return;
        var all = new FormData(form);
        var data = new FormData();
        all.forEach(function (value, name) {
          if (waiting.has(name) || name.charAt(0) === "_" || name.indexOf("csrf") >= 0) data.append(name, value);
        });
        waiting.clear();
        data.append("save", "keep");
        sending = true;
        fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive: true })
          .then(function (answer) { return answer.json(); })
          .then(function (answer) { said.textContent = answer.said || answer.error || ""; })
          .catch(function () { said.textContent = ""; })
          .then(function () { sending = false; keep(); });
      }
      // What was written before this script was there.
      Array.from(form.elements).forEach(function (field) {
        var changed = field.options
          ? Array.from(field.options).some(function (option) { return option.selected !== option.defaultSelected; })
            && Array.from(field.options).some(function (option) { return option.defaultSelected; })
          : field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
          : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
        if (field.name && changed) waiting.add(field.name);
      });
      keep();
      form.addEventListener("input", function (event) { if (event.target.name) waiting.add(event.target.name); });
      form.addEventListener("change", keep);
      form.addEventListener("submit", function () { publishing = true; });
      document.addEventListener("visibilitychange", function () {
        if (document.visibilityState === "hidden") keep();
      });
    }
  };
});

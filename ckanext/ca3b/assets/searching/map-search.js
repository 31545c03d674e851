/* The search on a map: communes are chosen by a click, a rectangle is drawn, a dataset and its extent show each other.
   The form stays the one that asks: the map only fills it. */
this.ckan.module("ca3b-map-search", function () {
  "use strict";

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }

  return {
    options: { url: "", vendor: "", extents: [], bbox: null, messages: {} },

    initialize: function () {
      var self = this;
      var maps = window.ca3bMaps;
      this.root = this.el[0];
      this.canvas = this.root.querySelector(".ca3b-search-canvas");
      this.boxes = Array.from(this.root.querySelectorAll("input[name=vocab_communes]"));
      this.boxes.forEach(function (box) { box.addEventListener("change", function () { self.choose(box); }); });
      if (!this.canvas || !maps.able()) { return; }
      Promise.all([maps.load(this.options.vendor), maps.outlines(this.options.url)]).then(
        function (loaded) { self.show(loaded[0], loaded[1]); },
        function () { /* The drawing and the list stay: they choose the same. */ }
      );
    },

    one: function (selector) { return this.root.querySelector(selector); },

    chosen: function () {
      return this.boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    },

    show: function (maplibregl, communes) {
      var self = this;
      var maps = window.ca3bMaps;
      var place = document.createElement("div");
      place.className = "ca3b-moving";
      this.canvas.appendChild(place);
      this.communes = communes;
      this.map = new maplibregl.Map({
        container: place,
        style: maps.style(communes, "#ffffff"),
        bounds: this.edges() || this.options.bbox || maps.bounds(communes),
        fitBoundsOptions: { padding: 20, animate: false },
        locale: maps.locale(this.options.messages),
        cooperativeGestures: true,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false
      });
      this.map.touchZoomRotate.disableRotation();
      this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
      this.map.once("load", function () { self.ready(place); });
    },

    ready: function (place) {
      var self = this;
      this.drawn = window.ca3bMaps.extents(this.map, this.options.extents);
      this.drawn.chosen(this.chosen());
      this.rectangle = window.ca3bMaps.rectangle(this.map, {
        box: this.edges(),
        armed: function (yes) {
          self.one(".ca3b-search-draw").setAttribute("aria-pressed", String(yes));
          place.classList.toggle("ca3b-area-drawing", yes);
          if (yes) { self.say(self.options.messages.drawing); }
        },
        drawn: function (box) { self.take(box, self.options.messages.drawn); }
      });
      this.map.on("click", "fill", function (event) { self.clicked(event.features[0].properties); });
      this.map.on("mousemove", "fill", function (event) { self.over(event.features[0].properties.code); });
      this.map.on("mouseleave", "fill", function () { self.over(""); });
      this.tools();
      this.results();
      place.setAttribute("data-ready", "true");
    },

    tools: function () {
      var self = this;
      this.root.querySelectorAll(".ca3b-search-tools, .ca3b-search-only").forEach(function (part) { part.hidden = false; });
      this.one(".ca3b-search-draw").addEventListener("click", function () { self.rectangle.arm(); });
      this.one(".ca3b-search-clear").addEventListener("click", function () { self.take(null, self.options.messages.cleared); });
      this.one(".ca3b-search-view").addEventListener("click", function () {
        var view = self.map.getBounds();
        self.take([view.getWest(), view.getSouth(), view.getEast(), view.getNorth()], self.options.messages.view_taken);
      });
      this.fields().forEach(function (field) {
        field.addEventListener("change", function () { self.rectangle.set(self.edges()); });
      });
    },

    /* The fields of the rectangle: west, south, east, north. */
    fields: function () {
      return ["ouest", "sud", "est", "nord"].map(function (name) { return document.getElementById("search-" + name); });
    },

    edges: function () {
      var texts = this.fields().map(function (field) { return field.value.trim().replace(",", "."); });
      var box = texts.map(Number);
      return texts.every(Boolean) && box.every(isFinite) && box[0] < box[2] && box[1] < box[3] ? box : null;
    },

    take: function (box, said) {
      this.rectangle.set(box);
      this.fields().forEach(function (field, index) { field.value = box ? box[index].toFixed(4) : ""; });
      this.one(".ca3b-search-clear").hidden = !box;
      if (box) { this.one(".ca3b-search-box").open = true; }
      this.say(said + " " + this.options.messages.then_search);
    },

    clicked: function (commune) {
      if (this.rectangle.armed()) { return; }
      var box = document.getElementById("commune-" + commune.code);
      box.checked = !box.checked;
      this.choose(box);
    },

    choose: function (box) {
      var messages = this.options.messages;
      var number = this.chosen().length;
      var name = box.labels[0].textContent.trim();
      this.one(".ca3b-search-count").textContent = number ? fill(number > 1 ? messages.chosen_many : messages.chosen_one, { number: number }) : "";
      if (this.drawn) { this.drawn.chosen(this.chosen()); }
      this.say(fill(box.checked ? messages.added : messages.removed, { name: name }) + " " + messages.then_search);
      if (box.checked) { this.list(box.value, name); }
    },

    /* Under the map, the way from a commune to what the list has about it. */
    list: function (code, name) {
      var messages = this.options.messages;
      var about = this.options.extents.filter(function (one) { return one.codes.indexOf(code) >= 0; });
      var said = this.one(".ca3b-search-said");
      var text = document.createElement("p");
      text.textContent = fill(about.length ? messages.here : messages.nothing_here, { name: name });
      said.appendChild(text);
      if (!about.length) { return; }
      var items = document.createElement("ul");
      about.forEach(function (one) {
        var item = document.createElement("li");
        var link = document.createElement("a");
        link.href = "#resultat-" + one.rank;
        link.textContent = one.title;
        item.appendChild(link);
        items.appendChild(item);
      });
      said.appendChild(items);
    },

    say: function (text) {
      var said = this.one(".ca3b-search-said");
      said.textContent = "";
      var sentence = document.createElement("p");
      sentence.textContent = text;
      said.appendChild(sentence);
    },

    /* From the map to the list: what is about the commune under the pointer. */
    over: function (code) {
      if (code === this.under) { return; }
      this.under = code;
      this.map.getCanvas().style.cursor = code && !this.rectangle.armed() ? "pointer" : "";
      this.options.extents.forEach(function (one) {
        var item = document.getElementById("resultat-" + one.rank);
        if (item) { item.classList.toggle("ca3b-here", one.codes.indexOf(code) >= 0); }
      });
    },

    /* From the list to the map: the dataset under the pointer, or the one whose button is pressed. */
    results: function () {
      var self = this;
      this.options.extents.forEach(function (one) {
        var item = document.getElementById("resultat-" + one.rank);
        var button = item && item.querySelector(".ca3b-extent-show");
        if (!button) { return; }
        button.hidden = false;
        button.addEventListener("click", function () { self.pin(one, button); });
        item.addEventListener("mouseenter", function () { self.drawn.shown(one); });
        item.addEventListener("mouseleave", function () { self.drawn.shown(self.pinned || null); });
      });
    },

    pin: function (one, button) {
      var on = this.pinned !== one;
      this.root.querySelectorAll(".ca3b-extent-show").forEach(function (each) { each.setAttribute("aria-pressed", "false"); });
      button.setAttribute("aria-pressed", String(on));
      this.pinned = on ? one : null;
      this.drawn.shown(this.pinned);
      if (!on) { return; }
      var codes = one.codes;
      var features = one.geometry ? [{ geometry: one.geometry }] : this.communes.features.filter(function (feature) {
        return one.everywhere || codes.indexOf(feature.properties.code) >= 0;
      });
      var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.map.fitBounds(window.ca3bMaps.bounds({ features: features }), { padding: 30, maxZoom: 12, animate: !calm });
      this.say(fill(this.options.messages.shown, { name: one.title }));
      this.canvas.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    }
  };
});

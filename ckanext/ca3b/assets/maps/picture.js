/* The map as a picture: title, map, legend and credits drawn on one canvas; and what the printer needs. */
(function (M) {
  "use strict";

  const LINE = 24;

  /* The map's canvas at once after it was drawn: WebGL forgets its pixels otherwise. */
  function frame(map) {
    map.redraw();
    const source = map.getCanvas();
    const copy = document.createElement("canvas");
    copy.width = source.width;
    copy.height = source.height;
    copy.getContext("2d").drawImage(source, 0, 0);
    return copy;
  }

  /* What must be said of where things come from, as text. */
  M.credits = function (one) {
    const found = one.entries.filter((entry) => entry.visible).map((entry) => (entry.carte.resource || {}).attribution || (entry.layer.data || {}).attribution || "");
    const outlines = one.map.getSource("outlines") ? one.client.outlines_credit : "";
    return [...new Set([...found, one.base.attribution(), outlines, "MapLibre"])].filter(Boolean).join(" · ");
  };

  function wrap(pen, text, width) {
    const lines = [];
    let line = "";
    String(text).split(/\s+/).forEach((word) => {
      const longer = line ? line + " " + word : word;
      if (line && pen.measureText(longer).width > width) { lines.push(line); line = word; } else { line = longer; }
    });
    return line ? [...lines, line] : lines;
  }

  function rows(one) {
    return one.entries.filter((entry) => entry.visible && entry.scale).reverse().flatMap((entry) => {
      const head = M.legendHead(entry, one.words);
      return [...(head ? [{ text: (one.entries.length > 1 ? entry.title + " — " : "") + head, bold: true }] : []),
        ...M.legendItems(entry, one.words).map((item) => ({ text: item.label || entry.title, item, entry }))];
    });
  }

  /* Draws the whole picture; gives its canvas. */
  M.picture = function (one) {
    const drawn = frame(one.map);
    const ratio = drawn.width / one.map.getCanvas().clientWidth;
    const width = drawn.width / ratio;
    const height = drawn.height / ratio;
    const canvas = document.createElement("canvas");
    let pen = canvas.getContext("2d");
    const family = "'Public Sans', Arial, sans-serif";
    pen.font = "600 18px " + family;
    const title = wrap(pen, one.title, width - 24);
    pen.font = "13px " + family;
    const credits = wrap(pen, M.credits(one), width - 24);
    const columns = Math.max(1, Math.floor(width / 230));
    const legend = rows(one);
    const deep = Math.ceil(legend.length / columns);
    const top = title.length * LINE + 16;
    canvas.width = drawn.width;
    canvas.height = Math.round((top + height + deep * LINE + 20 + credits.length * 18 + 12) * ratio);
    pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.fillStyle = M.PAPER;
    pen.fillRect(0, 0, width, canvas.height / ratio);
    pen.fillStyle = M.INK;
    pen.textBaseline = "middle";
    pen.font = "600 18px " + family;
    title.forEach((text, index) => pen.fillText(text, 12, 8 + LINE * (index + 0.5)));
    pen.drawImage(drawn, 0, top, width, height);
    legend.forEach((row, index) => {
      const x = 12 + Math.floor(index / deep) * (width / columns);
      const y = top + height + 10 + (index % deep) * LINE;
      if (row.item) { M.drawSign(pen, row.item, row.entry, x, y + 2); }
      pen.fillStyle = M.INK;
      pen.font = (row.bold ? "600 " : "") + "13px " + family;
      const from = row.item ? 38 : 0;
      pen.fillText(row.text, x + from, y + LINE / 2, width / columns - from - 16);
    });
    pen.font = "13px " + family;
    pen.fillStyle = "#4d5566";
    credits.forEach((text, index) => pen.fillText(text, 12, top + height + deep * LINE + 20 + 18 * (index + 0.5)));
    return canvas;
  };

  M.savePicture = async function (one) {
    await document.fonts.ready;
    const blob = await new Promise((resolve) => M.picture(one).toBlob(resolve, "image/png"));
    const link = M.make("a", { href: URL.createObjectURL(blob), download: (M.plain(one.title).replace(/ /g, "-") || "carte") + ".png" });
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    one.tell(M.say(one.words, "picture_saved"));
  };

  /* Browsers print a WebGL canvas blank: while printing, a picture stands in its place. */
  M.printable = function (one, place) {
    const image = M.make("img", { className: "ca3b-map-printed", alt: "", hidden: true });
    place.append(image);
    window.addEventListener("beforeprint", () => {
      if (one.gone) { return; }
      image.src = frame(one.map).toDataURL("image/png");
      image.alt = one.title;
      image.hidden = false;
    });
    window.addEventListener("afterprint", () => { image.hidden = true; });
  };
})(window.ca3bMap = window.ca3bMap || {});

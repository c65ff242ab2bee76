(function () {
  // A tooltip: the rows of every point it is about, each once. Names are text, never markup.
  function tooltip(points) {
    const table = document.createElement("table");
    table.className = "tip";
    const seen = new Set();
    for (const point of [].concat(points)) {
      for (const [name, value] of (point.data && point.data.tip) || []) {
        if (seen.has(name + "\u0000" + value)) continue;
        seen.add(name + "\u0000" + value);
        const row = table.insertRow();
        row.insertCell().textContent = name;
        row.insertCell().textContent = value;
      }
    }
    return table;
  }

  function draw(chart) {
    const place = chart.querySelector(".drawing");
    const option = JSON.parse(chart.querySelector("script").textContent);
    option.tooltip.formatter = tooltip;
    if (place.dataset.rows) {
      place.style.height = 32 * place.dataset.rows + 84 + "px";
    }
    const drawn = echarts.init(place, null, { renderer: "svg" });
    drawn.setOption(option);
    new ResizeObserver(() => drawn.resize()).observe(place);
  }

  for (const chart of document.querySelectorAll(".chart:not(.drawn)")) {
    chart.classList.add("drawn");
    draw(chart);
  }
})();

// The list stands on the page already; this draws its points. Without it, or without Leaflet, the list serves alone.
const frame = document.getElementById("peta");

function pointOf(item, number) {
  const link = item.querySelector("a");
  const state = item.querySelector(".state");
  const pin = document.createElement("span");
  pin.textContent = number;
  const kind = [...state.classList].find((name) => name.startsWith("state-")) || "";
  const icon = L.divIcon({ className: `map-pin ${kind}`, html: pin, iconSize: [34, 34], popupAnchor: [0, -14] });
  const marker = L.marker([item.dataset.latitude, item.dataset.longitude], { icon });
  const told = document.createElement("p");
  const leading = document.createElement("a");
  leading.href = link.href;
  leading.textContent = link.textContent;
  told.append(leading, ` ${state.textContent.trim()}`);
  marker.bindPopup(told, { closeButton: false, autoPanPadding: [20, 20] });
  marker.on("add", () => {
    marker.getElement().setAttribute("aria-label", `${number}. ${link.textContent}, ${state.textContent.trim()}`);
  });
  return marker;
}

function draw() {
  frame.hidden = false;
  const map = L.map(frame, { zoomControl: false, attributionControl: Boolean(frame.dataset.tiles), maxZoom: 19 });
  L.control.zoom({ zoomInTitle: "Perbesar peta", zoomOutTitle: "Perkecil peta" }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (frame.dataset.tiles) {
    map.attributionControl.setPrefix(false);
    const credit = document.createElement("span");
    credit.textContent = frame.dataset.credit;
    L.tileLayer(frame.dataset.tiles, {
      attribution: credit.innerHTML,
      referrerPolicy: "origin",
      maxZoom: 19,
    }).addTo(map);
  }
  const items = [...document.querySelectorAll(".places > li")];
  const markers = items.flatMap((item, place) => (item.dataset.latitude ? [pointOf(item, place + 1)] : []));
  const group = L.featureGroup(markers).addTo(map);
  map.fitBounds(group.getBounds(), { padding: [40, 40], maxZoom: 16, animate: false });
}

if (frame && window.L) draw();

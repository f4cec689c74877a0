"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Light or dark: what the system says until the reader says otherwise.
  const theme = document.getElementById("theme");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const sayTheme = () => {
    theme.textContent = isDark() ? "Light" : "Dark";
    theme.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours");
  };
  if (window.CSS && CSS.supports("color", "light-dark(red, red)")) {
    theme.removeAttribute("aria-pressed");
    theme.hidden = false;
    sayTheme();
    theme.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      sayTheme();
    });
    dark.addEventListener("change", sayTheme);
  }

  // The table of the studies: sorted by its heads, searched by its cells.
  const table = document.getElementById("studies-table");
  const body = table.tBodies[0];
  const inOrder = [...body.rows];
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort === undefined ? cell.textContent.trim() : Number(cell.dataset.sort);
  };
  const compare = (one, other) => {
    if (one === "" || other === "") return (one === "") - (other === "");
    if (typeof one === "number" && typeof other === "number") return one - other;
    return String(one).localeCompare(String(other), "en", { numeric: true });
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const was = head.getAttribute("aria-sort");
      const now = was === null ? "ascending" : was === "ascending" ? "descending" : null;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      let rows = inOrder;
      if (now !== null) {
        head.setAttribute("aria-sort", now);
        const turn = now === "ascending" ? 1 : -1;
        rows = [...inOrder].sort((a, b) => {
          const [one, other] = [key(a, column), key(b, column)];
          // What is not known stands last either way.
          return one === "" || other === "" ? compare(one, other) : turn * compare(one, other);
        });
      }
      body.append(...rows);
    });
  });
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  search.addEventListener("input", () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of inOrder) {
      const text = plain([...row.cells].map((cell) => cell.textContent).join(" "));
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    found.textContent = words.length === 0 ? "" : `${shown} of ${inOrder.length} shown`;
  });
  search.closest(".tools").hidden = false;
  const columns = document.getElementById("columns");
  columns?.addEventListener("click", () => {
    const on = table.classList.toggle("all");
    columns.setAttribute("aria-pressed", String(on));
  });

  // A study lights up wherever it is, under the pointer and under the keyboard.
  const twins = new Map();
  for (const mark of all("[data-study]")) {
    const name = mark.dataset.study;
    if (!twins.has(name)) twins.set(name, []);
    twins.get(name).push(mark);
  }
  let lit = null;
  const light = (mark) => {
    const name = mark?.dataset.study ?? null;
    if (name === lit) return;
    for (const twin of twins.get(lit) ?? []) twin.classList.remove("twin");
    for (const twin of twins.get(name) ?? []) twin.classList.add("twin");
    lit = name;
  };
  const of = (target) => (target instanceof Element ? target.closest("[data-study]") : null);
  const focused = () => of(document.activeElement);
  document.addEventListener("pointerover", (event) => light(of(event.target) ?? focused()));
  document.addEventListener("focusin", (event) => light(of(event.target)));
  document.addEventListener("focusout", () => light(null));
  root.addEventListener("pointerleave", () => light(focused()));

  // One stop for the tabulator in each table and figure; arrows go from study to study.
  const groups = [...all("table"), ...all("figure svg"), ...all("dl.facts")];
  for (const group of groups) {
    const marks = () => all("[data-study]", group).filter((mark) => !mark.hidden);
    const first = marks()[0];
    if (!first) continue;
    for (const mark of marks()) mark.setAttribute("tabindex", mark === first ? "0" : "-1");
    group.addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
      const here = of(event.target);
      if (here !== event.target || !(event.key in steps || event.key === "Home" || event.key === "End")) return;
      const list = marks();
      const at = list.indexOf(here);
      const to = event.key === "Home" ? 0 : event.key === "End" ? list.length - 1 : at + steps[event.key];
      const next = list[Math.min(Math.max(to, 0), list.length - 1)];
      here.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
      event.preventDefault();
    });
  }
})();

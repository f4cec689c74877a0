// The HTML report as its readers use it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { launch, open } from "./browser.mjs";
import { HOSTILE, bytes, json, pages, resorb } from "./pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pool = json("pool", "ldh_resorption");

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Runs a test on a report, and fails if the page asked for anything or complained. */
const on = (name, address, body, options) =>
  test(name, async () => {
    const { page, close } = await open(browser, address, options);
    await body(page);
    await close();
  });

const percent = (rate) => (100 * rate).toFixed(1);
const cells = (row) => row.locator("th, td").allInnerTexts();
/** Sentences keep a number and its unit on one line. */
const plain = (text) => text.replaceAll("\u00a0", " ");
const names = (page) => page.locator("#studies-table tbody tr:visible th").allInnerTexts();
const file = async (page, link) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(link).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};

on("the page opens and everything is inside it", pages.lumbar, async (page) => {
  assert.equal(await page.title(), "Meta-analysis of ldh_resorption");
  assert.equal(await page.locator("h1").count(), 1);
  const font = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter((face) => face.status === "loaded").map((face) => face.family);
  });
  assert.ok(font.some((family) => family.includes("Open Sans")), `loaded: ${font}`);
  // Every link of the contents leads somewhere.
  for (const link of await page.locator("nav a").all()) {
    const target = (await link.getAttribute("href")).slice(1);
    assert.equal(await page.locator(`[id="${target}"]`).count(), 1, target);
  }
  const doubled = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  });
  assert.deepEqual(doubled, []);
});

on("the numbers of the page are those of the JSON", pages.lumbar, async (page) => {
  const rows = await page.locator("#studies-table tbody tr").all();
  assert.equal(rows.length, pool.studies.length);
  for (const [at, study] of pool.studies.entries()) {
    const shown = await cells(rows[at]);
    assert.deepEqual(shown.slice(0, 5), [
      study.study,
      `${study.events}/${study.total}`,
      percent(study.estimate),
      `[${percent(study.ci_lower)}, ${percent(study.ci_upper)}]`,
      study.weight_random.toFixed(1),
    ]);
  }
  const { random, prediction, heterogeneity } = pool;
  const headline = plain(await page.locator(".headline").innerText());
  assert.ok(headline.includes(`${percent(random.estimate)} %`), headline);
  assert.ok(headline.includes(`95 % CI ${percent(random.ci_lower)} to ${percent(random.ci_upper)} %`), headline);
  const follows = plain(await page.locator(".follows").first().innerText());
  assert.ok(follows.includes(`between ${percent(prediction.lower)} % and ${percent(prediction.upper)} %`), follows);
  const key = await page.locator(".key").innerText();
  assert.ok(key.includes(`${heterogeneity.i2.toFixed(1)} %`) && key.includes(`τ = ${heterogeneity.tau.toFixed(3)}`), key);
  const summary = await page.locator("#studies svg .summary").last().getAttribute("aria-label");
  assert.ok(summary.includes(`${percent(random.estimate)}%`), summary);
  // The tables of the further results.
  const left = json("sensitivity", "ldh_resorption").leave_one_out;
  const table = page.locator("#sensitivity table").first().locator("tbody").nth(1).locator("tr");
  for (const [at, part] of left.entries()) {
    const shown = await cells(table.nth(at));
    assert.equal(shown[0], part.left_out);
    assert.equal(shown[1], percent(part.random.estimate));
    assert.equal(shown[2], `[${percent(part.random.ci_lower)}, ${percent(part.random.ci_upper)}]`);
  }
  const grid = json("multiverse", "ldh_resorption");
  const said = await page.locator("#multiverse").innerText();
  assert.ok(said.includes(`${percent(grid.range[0])} to ${percent(grid.range[1])} %`), "the range of all analyses");
});

on("heads sort the studies up, down and back", pages.lumbar, async (page) => {
  const inFile = pool.studies.map((study) => study.study);
  const byRate = [...pool.studies].sort((a, b) => a.estimate - b.estimate).map((study) => study.study);
  const head = page.locator("#studies-table thead th", { hasText: "Rate %" });
  const sorted = async () => [await head.getAttribute("aria-sort"), await names(page)];
  assert.deepEqual(await sorted(), [null, inFile]);
  await head.locator("button").click();
  assert.deepEqual(await sorted(), ["ascending", byRate]);
  await page.keyboard.press("Enter");
  assert.deepEqual(await sorted(), ["descending", byRate.toReversed()]);
  await page.keyboard.press("Space");
  assert.deepEqual(await sorted(), [null, inFile]);
  // Another head takes over; words are sorted as words.
  await head.locator("button").click();
  const study = page.locator("#studies-table thead th").first();
  await study.locator("button").click();
  assert.equal(await head.getAttribute("aria-sort"), null);
  assert.equal(await study.getAttribute("aria-sort"), "ascending");
  const collator = new Intl.Collator("en", { numeric: true });
  assert.deepEqual(await names(page), [...inFile].sort(collator.compare));
});

on("the search finds studies in every column", pages.lumbar, async (page) => {
  const search = page.getByLabel("Search the studies");
  await search.fill("lee");
  assert.deepEqual(await names(page), ["Lee 2017"]);
  assert.equal(await page.locator("#found").innerText(), "1 of 15 shown");
  await search.fill("turkey 2021");
  assert.deepEqual(await names(page), ["Sucuoglu 2021"]);
  await search.fill("nothing like it");
  assert.deepEqual(await names(page), []);
  await search.fill("");
  assert.equal((await names(page)).length, pool.k);
  const extra = page.locator("#studies-table th.extra").first();
  assert.equal(await extra.isVisible(), false);
  await page.getByRole("button", { name: /All columns/ }).click();
  assert.equal(await extra.isVisible(), true);
});

on("a study lights up everywhere under the pointer", pages.lumbar, async (page) => {
  const lit = () =>
    page.evaluate(() => [...document.querySelectorAll(".twin")].map((twin) => [twin.dataset.study, twin.closest("section").id, twin.localName]));
  assert.deepEqual(await lit(), []);
  await page.locator("#studies-table tbody tr", { hasText: "Lee 2017" }).locator("th").hover();
  const twins = await lit();
  assert.ok(twins.every(([study]) => study === "Lee 2017"), JSON.stringify(twins));
  const places = twins.map(([, section, element]) => `${section} ${element}`);
  for (const place of ["studies tr", "studies g", "sensitivity tr", "small-studies g"]) {
    assert.ok(places.includes(place), `${place} of ${places}`);
  }
  // From a figure to the table, between the text and the mark of a row.
  const row = page.locator('#studies svg [data-study="Yu 2014"]');
  await row.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await row.boundingBox();
  await page.mouse.move(x + 0.42 * width, y + 0.5 * height);
  assert.equal(await page.locator("#studies-table tr.twin th").innerText(), "Yu 2014");
  await page.locator('#small-studies svg [data-study="Cribb 2007"]').hover();
  assert.equal(await page.locator("#studies-table tr.twin th").innerText(), "Cribb 2007");
  await page.locator("h1").hover();
  assert.deepEqual(await lit(), []);
});

on("a study lights up everywhere under the keyboard", pages.lumbar, async (page) => {
  const lit = async () => new Set(await page.locator(".twin").evaluateAll((twins) => twins.map((twin) => twin.dataset.study)));
  const [first, second] = pool.studies.map((study) => study.study);
  // From the last head of the table one step leads to the first study, and arrows go on.
  await page.locator("#studies-table thead th:not(.extra) button").last().focus();
  await page.keyboard.press("Tab");
  assert.deepEqual(await lit(), new Set([first]));
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await lit(), new Set([second]));
  await page.keyboard.press("End");
  assert.deepEqual(await lit(), new Set([pool.studies.at(-1).study]));
  // One step on stands the box of the forest, then its first study.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.namespaceURI.endsWith("svg")), true);
  assert.deepEqual(await lit(), new Set([first]));
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("#studies-table tr.twin th").innerText(), second);
});

on("files hold what the commands write", pages.lumbar, async (page) => {
  const expected = {
    '#studies a[download="pool.json"]': resorb("pool", "ldh_resorption", "--format", "json"),
    '#studies a[download="pool.csv"]': resorb("pool", "ldh_resorption", "--format", "csv"),
    '#sensitivity a[download="sensitivity.json"]': resorb("sensitivity", "ldh_resorption", "--format", "json"),
    '#small-studies a[download="small-studies.csv"]': resorb("bias", "ldh_resorption", "--format", "csv"),
    '#multiverse a[download="multiverse.json"]': resorb("multiverse", "ldh_resorption", "--format", "json"),
    '#studies figcaption a': resorb("plot", "forest", "ldh_resorption"),
    '#small-studies figcaption a': resorb("plot", "funnel", "ldh_resorption", "--width", "114"),
    '#multiverse figcaption a': resorb("plot", "multiverse", "ldh_resorption"),
  };
  for (const [link, content] of Object.entries(expected)) {
    const { bytes } = await file(page, link);
    assert.ok(bytes.equals(content), `${link}: ${bytes.length} and ${content.length} bytes`);
  }
  resorb("datasets", "export", "ldh_resorption", "export.csv");
  const data = await file(page, "#data .file");
  assert.equal(data.name, "ldh_resorption.csv");
  assert.ok(data.bytes.equals(bytes("export.csv")));
});

on("a hostile name stays text", pages.hostile, async (page) => {
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator("td b, th b").count(), 0);
  assert.ok((await names(page)).includes(HOSTILE));
  await page.locator("#studies-table tbody tr").first().locator("th").hover();
  const twins = await page.locator("svg .twin").evaluateAll((all) => all.map((twin) => twin.dataset.study));
  assert.ok(twins.length > 1 && twins.every((name) => name === HOSTILE), twins.join());
  const { bytes } = await file(page, '#studies a[download="pool.json"]');
  assert.equal(JSON.parse(bytes).studies[0].study, HOSTILE);
  assert.equal(await page.locator("script").count(), 1);
});

on("one study is shown, and what it cannot say is said", pages.one, async (page) => {
  assert.match(await page.locator(".headline").innerText(), /^In the one study with 84 patients/);
  assert.match(await page.locator("header").innerText(), /no random-effects result, no heterogeneity and no prediction/);
  assert.match(await page.locator("#heterogeneity").innerText(), /cannot be said/);
  assert.equal(await page.locator("#studies svg").count(), 1);
});

for (const [name, address] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"]) {
    on(`nobody is shut out: ${name}, ${colorScheme}`, address, async (page) => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
      const where = grave.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
      assert.deepEqual(where, []);
    }, { colorScheme });
  }
}

on("light and dark follow the system until the reader chooses", pages.lumbar, async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const ink = () => page.locator("#studies svg text").first().evaluate((text) => getComputedStyle(text).fill);
  await page.emulateMedia({ colorScheme: "light" });
  const light = [await ground(), await ink()];
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = [await ground(), await ink()];
  assert.equal(light[0], "rgb(255, 255, 255)");
  assert.notEqual(light[0], dark[0]);
  assert.notEqual(light[1], dark[1], "the figures turn with the page");
  await page.getByRole("button", { name: "Switch to light colours" }).click();
  assert.deepEqual([await ground(), await ink()], light);
  await page.getByRole("button", { name: "Switch to dark colours" }).click();
  assert.deepEqual([await ground(), await ink()], dark);
});

for (const [name, address] of Object.entries(pages)) {
  on(`a phone shows the whole width: ${name}`, address, async (page) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${width} pixels`);
    // What is wider scrolls in a box that the keyboard reaches.
    const boxes = await page.locator(".scroll").evaluateAll((all) => all.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.tabIndex));
    assert.ok(boxes.every((index) => index === 0));
  }, { viewport: { width: 390, height: 844 } });
}

on("the printed page is light and has no tools", pages.lumbar, async (page) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const tool of ["nav", ".tools", "#theme", ".file", "#terms"]) {
    assert.equal(await page.locator(tool).first().isVisible(), false, tool);
  }
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.equal(await page.locator("#studies-table tbody tr").first().isVisible(), true);
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  assert.ok(pdf.length > 50_000);
});

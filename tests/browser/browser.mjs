// Debian's Chromium, and a page that may ask for nothing and complain about nothing.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Opens a report in a context of its own; `close` fails if it asked for anything, or complained. */
export const open = async (browser, address, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (url === address) return route.continue();
    requests.push(url);
    return route.abort();
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(address);
  const close = async () => {
    await context.close();
    const asked = requests.filter((url) => !url.startsWith("data:"));
    assert.deepEqual(asked, [], "the page asked for something");
    assert.deepEqual(complaints, [], "the page complained");
  };
  return { page, close };
};

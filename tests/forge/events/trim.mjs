// The published examples of webhooks → those of the events that `plangate` reads, without addresses
// and without anything about people and repositories.
//
//   npm pack @octokit/webhooks-examples@7.6.1 && tar xzf octokit-webhooks-examples-7.6.1.tgz
//   node trim.mjs package > examples.json
//
// Of GitHub and of every Enterprise Server that the package knows.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const events = ["pull_request", "pull_request_review", "merge_group", "workflow_run", "push"];
const dropped =
  /^(url|.*_url|_links|urls|user|.*actor|sender|.*repository|repo|organization|enterprise|installation|owner|author|committer|pusher|email|.*assignees?|requested_.*|commits|.*commit|body|labels?|milestone|compare|changes|base|reactions|workflow|merged_by|auto_merge)$/;

function trimmed(value) {
  if (Array.isArray(value)) return value.map(trimmed);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([key]) => !dropped.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, trimmed(inner)]));
}

const found = [];
for (const host of readdirSync(process.argv[2]).sort()) {
  const file = join(process.argv[2], host, "index.json");
  let all;
  try {
    all = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    continue;
  }
  for (const { name, examples } of all) {
    if (!events.includes(name)) continue;
    for (const payload of examples) found.push({ host, event: name, payload: trimmed(payload) });
  }
}
// The same example of several hosts is one.
const seen = new Set();
const once = found.filter(({ event, payload }) => {
  const text = event + JSON.stringify(payload);
  return !seen.has(text) && seen.add(text);
});
const lines = once.map((example) => JSON.stringify(example)).join(",\n");
process.stdout.write(`[\n${lines}\n]\n`);

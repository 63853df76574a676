// GitHub's description of its API → the part that `plangate` uses, as JSON Schema 2020-12 can read it.
//
//   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
//   node trim.mjs package/generated/api.github.com.json > api.github.com.json
//
// Kept: the operations below with their request bodies, the schemas of what they answer with, and
// one example of each. Dropped: everything in prose, and whatever is not reached. Changed: OpenAPI
// 3.0's `nullable` becomes a type `null`; references go to `#/$defs/…`; formats are dropped, for the
// published examples themselves do not keep to them.
import { readFileSync } from "node:fs";

const operations = [
  "GET /repos/{owner}/{repo}/installation",
  "GET /repos/{owner}/{repo}/activity",
  "GET /repos/{owner}/{repo}/branches/{branch}",
  "GET /repos/{owner}/{repo}/branches/{branch}/protection",
  "GET /repos/{owner}/{repo}/rules/branches/{branch}",
  "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}",
  "GET /repos/{owner}/{repo}/actions/permissions/workflow",
  "GET /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval",
  "GET /repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos",
  "GET /repos/{owner}/{repo}/environments/{environment_name}",
  "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
  "GET /apps/{app_slug}",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /repos/{owner}/{repo}/pulls",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  "GET /repos/{owner}/{repo}/pulls/comments/{comment_id}",
  "PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
  "GET /repos/{owner}/{repo}/commits/{ref}/statuses",
  "POST /repos/{owner}/{repo}/statuses/{sha}",
];

const source = JSON.parse(readFileSync(process.argv[2], "utf8"));
const prose = new Set(["description", "title", "example", "examples", "deprecated", "externalDocs", "format"]);
const defs = {};

const resolve = (pointer) =>
  pointer.replace(/^#\//, "").split("/").reduce((at, key) => at[key], source);

/** A map of names to schemas: its keys are not keywords. */
const properties = (map) =>
  Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, trimmed(schema)]));

function trimmed(schema) {
  if (Array.isArray(schema)) return schema.map(trimmed);
  if (schema === null || typeof schema !== "object") return schema;
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    if (!(name in defs)) {
      defs[name] = null;
      defs[name] = trimmed(resolve(schema.$ref));
    }
    return { $ref: `#/$defs/${name}` };
  }
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (prose.has(key) || key.startsWith("x-") || key === "nullable") continue;
    if (key === "properties") out[key] = properties(value);
    else if (key === "enum" || key === "required") out[key] = value;
    else out[key] = trimmed(value);
  }
  if (!schema.nullable) return out;
  if (typeof out.type === "string") {
    if (out.enum && !out.enum.includes(null)) out.enum = [...out.enum, null];
    return { ...out, type: [out.type, "null"] };
  }
  return { anyOf: [out, { type: "null" }] };
}

/** The answer of success, with its example where there is one. */
function answer(responses) {
  const status = Object.keys(responses).find((code) => code.startsWith("2"));
  let response = responses[status];
  if (response.$ref) response = resolve(response.$ref);
  const content = response.content?.["application/json"];
  let example = Object.values(content?.examples ?? {})[0];
  if (example?.$ref) example = resolve(example.$ref);
  return { status: Number(status), schema: trimmed(content.schema), example: example?.value };
}

const kept = operations.map((operation) => {
  const [method, path] = operation.split(" ");
  const found = source.paths[path][method.toLowerCase()];
  const body = found.requestBody?.content?.["application/json"]?.schema;
  return { method, path, request: body && trimmed(body), answer: answer(found.responses) };
});

const out = {
  source: `@octokit/openapi ${source.info.version}, generated/api.github.com.json`,
  operations: kept,
  $defs: Object.fromEntries(Object.entries(defs).sort(([a], [b]) => (a < b ? -1 : 1))),
};
process.stdout.write(`${JSON.stringify(out, null, 1)}\n`);

// GitHub's own schema of GraphQL → the types that `plangate` asks about, each with its fields.
//
//   npm pack @octokit/graphql-schema@15.26.1 && tar xzf octokit-graphql-schema-15.26.1.tgz
//   npm install graphql@16
//   node trim.mjs package/schema.graphql > schema.json
//
// Kept: of the types below every field with its type and its arguments, what each type implements, and the
// words of the enumerations. Dropped: everything in prose.
import { readFileSync } from "node:fs";
import { buildSchema, getNamedType, isEnumType, isInputObjectType } from "graphql";

const types = [
  "Query", "Mutation", "User", "Bot", "Mannequin", "Repository", "PullRequest", "PageInfo",
  "Actor", "Comment", "Minimizable", "IssueComment", "IssueCommentConnection",
  "PullRequestReviewThread", "PullRequestReviewThreadConnection",
  "PullRequestReviewComment", "PullRequestReviewCommentConnection",
  "PullRequestReview", "PullRequestReviewConnection", "PullRequestReviewState", "Commit",
  "MinimizeCommentInput", "MinimizeCommentPayload", "UnminimizeCommentInput", "UnminimizeCommentPayload",
  "ReportedContentClassifiers",
];
const roots = { Query: ["viewer", "repository"], Mutation: ["minimizeComment", "unminimizeComment"] };

const schema = buildSchema(readFileSync(process.argv[2], "utf8"), { assumeValid: true });
const out = {};
for (const name of types) {
  const type = schema.getType(name);
  if (isEnumType(type)) {
    out[name] = { words: type.getValues().map((value) => value.name) };
    continue;
  }
  const fields = Object.values(type.getFields()).filter((field) => !roots[name] || roots[name].includes(field.name));
  out[name] = {
    implements: isInputObjectType(type) ? [] : type.getInterfaces().map((own) => own.name),
    fields: Object.fromEntries(fields.map((field) => [field.name, {
      type: getNamedType(field.type).name,
      arguments: (field.args ?? []).map((argument) => argument.name),
    }])),
  };
}
console.log(JSON.stringify(out));

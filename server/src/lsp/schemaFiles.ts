/**
 * Files that the manifest gives a JSON Schema, and of which we also know the keys: where the editor applies the schema, its
 * JSON or YAML support completes and explains them, and a second answer would show everything twice.
 */
const SCHEMA_FILES =
  /(?:^|\/)(?:model[_-]?card|datapackage|(?:model|model-instance|dataset)-metadata|\.guidelint)\.(?:json|ya?ml)$|\.prompt\.ya?ml$/i;

/** @param schemaLanguages languages in which the editor applies schemas of extensions. */
export function isExplainedBySchema(path: string, languageId: string, schemaLanguages: readonly string[]): boolean {
  return schemaLanguages.includes(languageId) && SCHEMA_FILES.test(path);
}

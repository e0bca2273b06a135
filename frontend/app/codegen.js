// TypeScript types for the operations in src/graphql/operations, from the schema that the API commits.
// An operation that the schema does not know stops the build here.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';

const here = import.meta.dirname;
const schemaPath = process.env.GRAPHQL_SCHEMA ?? join(here, '../../api/schema.graphql');
const operations = join(here, 'src/graphql/operations');
// What is agreed on and not served yet: its part of the schema, and the operations that need it.
const awaited = join(here, 'src/graphql/awaited');
const output = join(here, 'src/generated/operations.ts');

const sdl = [schemaPath, join(awaited, 'schema.graphql')]
  .filter((path) => existsSync(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const schema = buildSchema(sdl);
const documents = [operations, awaited]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.graphql') && !path.endsWith('schema.graphql'))
  .sort()
  .map((path) => ({ location: path, document: parse(readFileSync(path, 'utf8')) }));

const source = await codegen({
  schema: parse(sdl),
  schemaAst: schema,
  documents,
  filename: output,
  config: {
    documentMode: 'string',
    enumsAsTypes: true,
    useTypeImports: true,
    skipTypename: true,
    scalars: { ID: 'string', DateTime: 'string', UUID: 'string' },
  },
  plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
  pluginMap: { typescriptOperations, typedDocumentNode },
});
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, source);

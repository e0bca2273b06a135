// TypeScript types for the operations in src/graphql/operations, from the schema that the API commits.
// An operation that the schema does not know stops the build here.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';

const here = import.meta.dirname;
const schemaPath = process.env.GRAPHQL_SCHEMA ?? join(here, '../../api/schema.graphql');
const operations = join(here, 'src/graphql/operations');
const output = join(here, 'src/generated/operations.ts');

const schema = buildSchema(readFileSync(schemaPath, 'utf8'));
const documents = readdirSync(operations)
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((name) => ({ location: name, document: parse(readFileSync(join(operations, name), 'utf8')) }));

const source = await codegen({
  schema: parse(readFileSync(schemaPath, 'utf8')),
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

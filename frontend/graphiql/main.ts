/* GraphiQL at /graphql, for developers: questions by POST, subscriptions by socket, as any client would.
   Version 4, because 5 edits in Monaco: twice the packages and five times the files for one textarea. */
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createClient } from 'graphql-ws';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  wsClient: createClient({ url: `${scheme}://${location.host}/graphql/ws` }),
});
const place = document.querySelector<HTMLElement>('[data-graphiql]')!;

createRoot(place).render(createElement(GraphiQL, { fetcher, defaultQuery: place.dataset.graphiql }));

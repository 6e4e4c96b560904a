// A real SAML identity provider for the tests. People are given as JSON, each with attributes; ?who= says who comes in.
import fs from "node:fs";
import http from "node:http";
import samlp from "samlp";

const [people, back, certificate, key] = [JSON.parse(process.argv[2]), process.argv[3], ...process.argv.slice(4).map((file) => fs.readFileSync(file))];

class Attributes {
  constructor(person) { this.person = person; }
  getClaims() { return this.person.attributes; }
  getNameIdentifier() { return { nameIdentifier: this.person.id }; }
}
Attributes.prototype.metadata = [];

const server = http.createServer().listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}/`;
  const named = { issuer, cert: certificate };
  const describe = samlp.metadata({ ...named, profileMapper: Attributes, redirectEndpointPath: "/come-in", postEndpointPath: "/come-in" });
  const answer = (more) => samlp.auth({
    ...named, key, recipient: back, destination: back, ...more, profileMapper: (person) => new Attributes(person),
    getPostURL: (_audience, _asked, _request, callback) => callback(null, back),
    getUserFromRequest: (request) => ({ id: request.query.who, attributes: people[request.query.who] }),
  });
  server.on("request", (request, response) => {
    const asked = new URL(request.url, issuer);
    request.query = Object.fromEntries(asked.searchParams);
    [request.originalUrl, request.protocol] = [request.url, "http"];
    response.set = (name, value) => response.setHeader(name, value);
    response.send = (body) => response.end(body);
    if (asked.pathname === "/metadata") return describe(request, response);
    if (asked.searchParams.has("SAMLRequest") && !request.query.who) {
      response.setHeader("Content-Type", "text/html");
      return response.end(`<!doctype html><title>The trust</title><h1>Who are you?</h1>${Object.keys(people).map(
        (who) => `<p><a href="${asked.pathname}${asked.search.replaceAll("&", "&amp;")}&amp;who=${who}">${who}</a></p>`).join("")}`);
    }
    const more = JSON.parse(request.query.more ?? "{}");
    return answer(more)(request, response, (error) => response.writeHead(400).end(String(error)));
  });
  console.log(issuer);
});

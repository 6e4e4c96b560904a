// A real OpenID Connect provider for the tests. People are given as JSON; whoever asks to come in is `login_hint`'s.
import http from "node:http";
import { Provider } from "oidc-provider";

const [people, redirect] = [JSON.parse(process.argv[2]), process.argv[3]];
const server = http.createServer().listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "trustwide", client_secret: "a secret of the test", redirect_uris: [redirect] }],
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: true,
    cookies: { keys: ["the cookies of a test"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/come-in/${interaction.uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({ clientId: "trustwide", accountId: context.oidc.session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    const asked = new URL(request.url, issuer);
    if (!asked.pathname.startsWith("/come-in/")) return answer(request, response);
    if (asked.searchParams.has("who")) {
      return provider.interactionFinished(request, response, { login: { accountId: asked.searchParams.get("who") } });
    }
    response.setHeader("Content-Type", "text/html");
    response.end(`<!doctype html><title>The trust</title><h1>Who are you?</h1>${Object.keys(people).map(
      (who) => `<p><a href="${asked.pathname}?who=${who}">${who}</a></p>`).join("")}`);
  });
  console.log(issuer);
});

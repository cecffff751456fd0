package io.graft.platform.grpc;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.grpc.Metadata;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads bearer tokens: JWTs signed with ES256 whose claim {@code tenants} names what their holder may use. */
@ApplicationScoped
class Tokens {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    static final String SCHEME = "Bearer ";

    private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
    private static final Logger LOG = Logger.getLogger(Tokens.class);

    private final JWTParser parser;

    Tokens(JWTParser parser) {
        this.parser = parser;
    }

    /** A service that could verify no token does not start. */
    void requireKey(@Observes StartupEvent event, Config config) {
        if (config.getOptionalValue(KEY_LOCATION, String.class).isEmpty()
                && config.getOptionalValue("mp.jwt.verify.publickey", String.class)
                        .isEmpty()) {
            throw new IllegalStateException(
                    "No key to verify tokens with: set " + KEY_LOCATION + " to the public key's file");
        }
    }

    /** @throws GraftException {@code UNAUTHENTICATED} */
    Caller caller(@Nullable String authorization, RequestContext request) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw refuse("The call carries no token", null);
        }
        String token = authorization.substring(SCHEME.length()).strip();
        JsonWebToken parsed = parse(token);
        String subject = parsed.getSubject();
        Set<String> tenants = tenants(parsed.getClaim("tenants"));
        if (subject == null || tenants.isEmpty()) {
            throw refuse("The token lacks a subject or the claim 'tenants'", null);
        }
        return new Caller(subject, tenants, token, request);
    }

    private JsonWebToken parse(String token) {
        try {
            return parser.parse(token);
        } catch (ParseException e) {
            LOG.debugf(e, "Token refused");
            throw refuse("The token is malformed, expired, or not signed by this installation", e);
        }
    }

    private static Set<String> tenants(@Nullable Object claim) {
        if (!(claim instanceof Collection<?> entries)) {
            return Set.of();
        }
        return entries.stream()
                .map(entry -> entry instanceof JsonString text ? text.getString() : String.valueOf(entry))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static GraftException refuse(String why, @Nullable Throwable cause) {
        return new GraftException(
                ErrorCode.UNAUTHENTICATED,
                why + "; send the metadata 'authorization: Bearer TOKEN' with a valid token",
                cause);
    }
}

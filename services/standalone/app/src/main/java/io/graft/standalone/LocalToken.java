package io.graft.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/** The bearer token of whoever owns the home: user {@code local}, tenant {@code default}, good for a year. */
final class LocalToken {
    static final String ISSUER = "graft";
    static final String SUBJECT = "local";
    static final String TENANT = "default";

    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration RENEWAL = Duration.ofDays(30);

    private final TokenKeys keys;
    private final Clock clock;

    LocalToken(TokenKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Writes the token unless there is one that is good for a month more. */
    void keep(Path file) throws IOException {
        if (!Files.exists(file) || !isGood(Files.readString(file).strip())) {
            GraftHome.write(file, mint() + "\n");
        }
    }

    private boolean isGood(String token) {
        try {
            new JwtConsumerBuilder()
                    .setVerificationKey(keys.publicKey())
                    .setExpectedIssuer(ISSUER)
                    .setExpectedSubject(SUBJECT)
                    .setRequireExpirationTime()
                    .setEvaluationTime(date(clock.instant().plus(RENEWAL)))
                    .build()
                    .processToClaims(token);
            return true;
        } catch (InvalidJwtException e) { // expired, damaged, or signed with keys that are gone: all end in a new one
            return false;
        }
    }

    private String mint() {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(SUBJECT);
        claims.setStringListClaim("tenants", List.of(TENANT));
        claims.setIssuedAt(date(now));
        claims.setExpirationTime(date(now.plus(LIFE)));
        claims.setGeneratedJwtId();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setPayload(claims.toJson());
        signature.setKey(keys.privateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A P-256 key signs ES256", e);
        }
    }

    private static NumericDate date(Instant instant) {
        return NumericDate.fromSeconds(instant.getEpochSecond());
    }
}

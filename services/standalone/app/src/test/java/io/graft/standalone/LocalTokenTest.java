package io.graft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTokenTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private GraftHome home = new GraftHome(Path.of("/"));
    private Path file = Path.of("/");

    @BeforeEach
    void openHome() {
        home = GraftHome.open(folder);
        file = home.config().resolve("token");
    }

    @Test
    void verifiesWithThePublishedKeyAndNamesTheTenant() throws Exception {
        keep(NOW);
        String token = Files.readString(file).strip();

        assertThat(isSignedBy(publishedKey(), token)).isTrue();
        JwtClaims claims = new JwtConsumerBuilder()
                .setSkipSignatureVerification()
                .setSkipAllDefaultValidators()
                .build()
                .processToClaims(token);
        assertThat(claims.getIssuer()).isEqualTo("graft");
        assertThat(claims.getSubject()).isEqualTo("local");
        assertThat(claims.getStringListClaimValue("tenants")).isEqualTo(List.of("default"));
        assertThat(claims.getExpirationTime().getValue())
                .isEqualTo(NOW.plus(Duration.ofDays(365)).getEpochSecond());
    }

    @Test
    void staysUntilAMonthBeforeItsEnd() throws Exception {
        keep(NOW);
        String first = Files.readString(file);

        keep(NOW.plus(Duration.ofDays(334)));
        assertThat(file).hasContent(first.strip());

        keep(NOW.plus(Duration.ofDays(336)));
        assertThat(Files.readString(file)).isNotEqualTo(first);
    }

    @Test
    void isMadeAnewWhenTheKeysAre() throws Exception {
        keep(NOW);
        Files.delete(home.config().resolve("token-private.pem"));

        keep(NOW);

        assertThat(isSignedBy(publishedKey(), Files.readString(file).strip())).isTrue();
    }

    private void keep(Instant now) throws IOException {
        new LocalToken(TokenKeys.open(home), Clock.fixed(now, ZoneOffset.UTC)).keep(file);
    }

    private PublicKey publishedKey() throws IOException, GeneralSecurityException {
        List<String> lines = Files.readAllLines(home.config().resolve("token-public.pem"));
        String body = String.join("", lines.subList(1, lines.size() - 1));
        return KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    private static boolean isSignedBy(PublicKey key, String token) throws GeneralSecurityException {
        int dot = token.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key);
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    }
}

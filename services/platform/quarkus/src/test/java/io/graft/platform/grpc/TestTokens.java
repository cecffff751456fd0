package io.graft.platform.grpc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/** Tokens made by hand, good and bad. */
final class TestTokens {
    private static final KeyPair KEYS = keyPair();

    static final String PUBLIC_KEY_PEM = "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";

    /** PKCS #8 in Base64: the service under test and the tests do not share their classes. */
    static final String PRIVATE_KEY =
            Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded());

    private final PrivateKey key;

    private TestTokens(PrivateKey key) {
        this.key = key;
    }

    /** Signs with the key of the installation. */
    static TestTokens of(String privateKey) {
        try {
            return new TestTokens(KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs with another key. */
    static TestTokens ofAStranger() {
        return new TestTokens(keyPair().getPrivate());
    }

    String good() {
        return token(
                "graft", "tester", "[\"default\",\"second\"]", Instant.now().plusSeconds(600));
    }

    String token(String issuer, String subject, String tenants, Instant expiry) {
        String header = encode("{\"alg\":\"ES256\",\"typ\":\"JWT\"}");
        String claims = encode("{\"iss\":\"%s\",\"sub\":\"%s\",\"tenants\":%s,\"iat\":%d,\"exp\":%d}"
                .formatted(issuer, subject, tenants, expiry.getEpochSecond() - 3600, expiry.getEpochSecond()));
        return header + "." + claims + "." + sign(header + "." + claims);
    }

    /** The claims of a good token, unsigned. */
    static String unsigned() {
        return encode("{\"alg\":\"none\"}") + "."
                + encode("{\"iss\":\"graft\",\"sub\":\"x\",\"tenants\":[\"default\"],\"exp\":4102444800}") + ".";
    }

    private String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

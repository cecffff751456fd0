package io.graft.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The pair that signs and verifies this installation's tokens: ES256, so a key on curve P-256.
 *
 * @param publicFile where the services find the key to verify with
 */
record TokenKeys(PrivateKey privateKey, PublicKey publicKey, Path publicFile) {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String ALGORITHM = "EC";
    private static final int LINE = 64;

    /** Reads the pair, or creates it when either half is absent: tokens signed before are then worth nothing. */
    static TokenKeys open(GraftHome home) throws IOException {
        Path privateFile = home.config().resolve("token-private.pem");
        Path publicFile = home.config().resolve("token-public.pem");
        try {
            if (!Files.exists(privateFile) || !Files.exists(publicFile)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                KeyPair pair = generator.generateKeyPair();
                Files.deleteIfExists(publicFile);
                GraftHome.write(privateFile, pem(PRIVATE, pair.getPrivate().getEncoded()));
                GraftHome.write(publicFile, pem(PUBLIC, pair.getPublic().getEncoded()));
            }
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            return new TokenKeys(
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decode(PRIVATE, privateFile))),
                    factory.generatePublic(new X509EncodedKeySpec(decode(PUBLIC, publicFile))),
                    publicFile);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StandaloneException(
                    ExitStatus.FAILED,
                    "The token keys in " + home.config() + " are damaged (" + e.getMessage()
                            + "). Delete token-private.pem and token-public.pem there to make new ones",
                    e);
        }
    }

    private static String pem(String type, byte[] encoded) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static byte[] decode(String type, Path file) throws IOException {
        String body = Files.readString(file)
                .replace("-----BEGIN " + type + "-----", "")
                .replace("-----END " + type + "-----", "");
        return Base64.getMimeDecoder().decode(body);
    }
}

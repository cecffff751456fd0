package io.graft.engine.conversion.maven;

import java.util.regex.Pattern;

/** A jar by its coordinates. */
public record MavenArtifact(String group, String artifact, String version) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");

    /**
     * Checks that each part is a plain name.
     *
     * @throws IllegalArgumentException if one is not
     */
    public MavenArtifact {
        for (String part : new String[] {group, artifact, version}) {
            if (!PLAIN.matcher(part).matches() || part.contains("..")) {
                throw new IllegalArgumentException("'" + part + "' is no part of Maven coordinates");
            }
        }
    }

    /** {@code group:artifact:version}. */
    public String coordinates() {
        return group + ":" + artifact + ":" + version;
    }

    /** {@code artifact-version.jar}. */
    public String fileName() {
        return artifact + "-" + version + ".jar";
    }
}

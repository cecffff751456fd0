package io.graft.cli.name;

import io.graft.cli.failure.CommandException;
import java.util.regex.Pattern;

/**
 * Reads resource names as people type them. A name that begins with {@code tenants/} is taken as it is, one that begins
 * with a collection ({@code models/bge/versions/3}) gets the tenant, and short forms are filled in:
 * {@code bge} a model, {@code bge/3} its third version, {@code bge@base} an alias.
 */
public final class Names {
    private static final String ID = "[a-z0-9][a-z0-9._-]{0,62}";
    private static final String NUMBER = "[1-9][0-9]{0,17}";
    private static final Pattern ID_ONLY = Pattern.compile(ID);

    private final String tenant;

    /** @param tenant id of the tenant that short names belong to */
    public Names(String tenant) {
        if (!ID_ONLY.matcher(tenant).matches()) {
            throw CommandException.usage(
                    "Tenant '" + tenant + "' is not an id: lower-case letters, digits, '.', '_' and '-', 63 at most");
        }
        this.tenant = tenant;
    }

    /** {@code tenants/{tenant}}. */
    public String tenant() {
        return "tenants/" + tenant;
    }

    public String model(String text) {
        return full(
                text, "models/" + ID, ID_ONLY.matcher(text).matches() ? "models/" + text : "", "a model: bge-small-en");
    }

    /** A version or an alias of a model. */
    public String version(String text) {
        String reference = "";
        if (text.matches(ID + "/" + NUMBER)) {
            reference = "models/" + text.replace("/", "/versions/");
        } else if (text.matches(ID + "@" + ID)) {
            reference = "models/" + text.replace("@", "/aliases/");
        }
        return full(
                text,
                "models/" + ID + "/(versions/" + NUMBER + "|aliases/" + ID + ")",
                reference,
                "a version of a model: MODEL/NUMBER like bge-small-en/3, or MODEL@ALIAS like bge-small-en@base");
    }

    public String alias(String text) {
        return full(
                text,
                "models/" + ID + "/aliases/" + ID,
                text.matches(ID + "@" + ID) ? "models/" + text.replace("@", "/aliases/") : "",
                "an alias: MODEL@ALIAS like bge-small-en@base");
    }

    public String job(String text) {
        return full(text, "jobs/" + ID, ID_ONLY.matcher(text).matches() ? "jobs/" + text : "", "a job: graft-4f0c...");
    }

    public String pipeline(String text) {
        return full(
                text,
                "pipelines/" + ID,
                ID_ONLY.matcher(text).matches() ? "pipelines/" + text : "",
                "a pipeline: rebase-derived");
    }

    public String pipelineRun(String text) {
        return full(
                text,
                "pipelines/" + ID + "/runs/" + ID,
                text.matches(ID + "/" + ID) ? "pipelines/" + text.replace("/", "/runs/") : "",
                "a run: PIPELINE/RUN like rebase-derived/4f0c...");
    }

    public String deadLetter(String text) {
        return full(
                text,
                "deadLetters/" + ID,
                ID_ONLY.matcher(text).matches() ? "deadLetters/" + text : "",
                "a dead letter: graft.model.v1.dlq-0-17");
    }

    public String dataset(String text) {
        return full(
                text,
                "datasets/" + ID,
                ID_ONLY.matcher(text).matches() ? "datasets/" + text : "",
                "a data set: sms-spam");
    }

    public String datasetVersion(String text) {
        return full(
                text,
                "datasets/" + ID + "/versions/" + NUMBER,
                text.matches(ID + "/" + NUMBER) ? "datasets/" + text.replace("/", "/versions/") : "",
                "a version of a data set: DATASET/NUMBER like sms-spam/3");
    }

    /** A version of a model, an alias, or, written as {@code datasets/...}, a version of a data set. */
    public String anyVersion(String text) {
        return text.matches("(tenants/" + ID + "/)?datasets/.*") ? datasetVersion(text) : version(text);
    }

    /** The last part of a resource name, for tables. */
    public static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The short form of a version's or alias's name as {@link #version} reads it; other names as they are. */
    public static String brief(String name) {
        return name.replaceFirst("^tenants/[^/]+/models/([^/]+)/versions/", "$1/")
                .replaceFirst("^tenants/[^/]+/models/([^/]+)/aliases/", "$1@")
                .replaceFirst("^tenants/[^/]+/pipelines/([^/]+)/runs/", "$1/")
                .replaceFirst("^tenants/[^/]+/(models|jobs|datasets|pipelines|deadLetters)/([^/]+)$", "$2");
    }

    private String full(String text, String relative, String expanded, String expected) {
        if (text.matches("tenants/" + ID + "/" + relative)) {
            return text;
        }
        if (text.matches(relative)) {
            return tenant() + "/" + text;
        }
        if (expanded.isEmpty()) {
            throw CommandException.usage("'" + text + "' is not the name of " + expected);
        }
        return tenant() + "/" + expanded;
    }
}

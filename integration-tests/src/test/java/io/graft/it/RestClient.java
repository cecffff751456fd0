package io.graft.it;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;

import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** Drives a stack through its gateway, as a user with curl would. */
final class RestClient {
    private static final Set<String> TERMINAL =
            Set.of("JOB_STATE_SUCCEEDED", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED");
    private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

    private final RequestSpecification specification;
    private final HttpClient http = HttpClient.newHttpClient();

    RestClient(URI gateway, String token) {
        specification = new RequestSpecBuilder()
                .setBaseUri(gateway)
                .setBasePath("/v1/tenants/default")
                .setContentType(ContentType.JSON)
                .setUrlEncodingEnabled(false)
                .addHeader("Authorization", "Bearer " + token)
                .build();
    }

    Response get(String path) {
        return given(specification).get(path);
    }

    /** GETs a path that is not below the tenant. */
    Response getAbsolute(String path) {
        return given(specification).basePath("").get(path);
    }

    Response post(String path, Object body) {
        return given(specification).body(body).post(path);
    }

    Response put(String path, Object body) {
        return given(specification).body(body).put(path);
    }

    /** Creates a model unless it exists. */
    void createModel(String model) {
        Response response = post("/models?modelId=" + model, Map.of());
        if (response.statusCode() != 409) {
            response.then().statusCode(200);
        }
    }

    /** Uploads a model's files as the next version and returns the version's name. */
    String upload(String model, TinyModel content) {
        createModel(model);
        Response committed = tryUpload(model, content);
        return committed.then().statusCode(200).extract().path("version");
    }

    /** The same, returning the answer of the commit, or of the creation when that is refused or nothing is to be sent. */
    Response tryUpload(String model, TinyModel content) {
        return tryUpload("/models/" + model, content.files());
    }

    /** Makes a data set of files, content by path, and returns its version's name. */
    String uploadDataset(String dataset, Map<String, byte[]> files) {
        post("/datasets?datasetId=" + dataset, Map.of()).then().statusCode(200);
        return tryUpload("/datasets/" + dataset, files)
                .then()
                .statusCode(200)
                .extract()
                .path("version");
    }

    private Response tryUpload(String parent, Map<String, byte[]> content) {
        Response created = post(parent + "/uploads", Map.of("files", announce(content)));
        if (created.statusCode() != 200 || "UPLOAD_STATE_COMMITTED".equals(created.path("state"))) {
            return created;
        }
        JsonPath upload = created.jsonPath();
        List<Map<String, Object>> targets = upload.getList("targets");
        for (Map<String, Object> target : targets) {
            send(target, requireNonNull(content.get(String.valueOf(target.get("path")))));
        }
        return post(relative(upload.getString("name")) + ":commit", Map.of());
    }

    static List<Map<String, Object>> announce(TinyModel content) {
        return announce(content.files());
    }

    private static List<Map<String, Object>> announce(Map<String, byte[]> content) {
        List<Map<String, Object>> files = new ArrayList<>();
        content.forEach(
                (path, bytes) -> files.add(Map.of("path", path, "size", bytes.length, "sha256", sha256(bytes))));
        return files;
    }

    /** Submits a graft and returns the job's name. */
    String submitGraft(Map<String, Object> spec, String requestId) {
        return tryGraft(spec, requestId).then().statusCode(200).extract().path("name");
    }

    Response tryGraft(Map<String, Object> spec, String requestId) {
        return post("/jobs:submitGraft", Map.of("spec", spec, "requestId", requestId));
    }

    /** Submits any kind of job, such as {@code submitTrain}, and returns its name. */
    String submit(String method, Map<String, Object> spec, String requestId) {
        return post("/jobs:" + method, Map.of("spec", spec, "requestId", requestId))
                .then()
                .statusCode(200)
                .extract()
                .path("name");
    }

    /** Waits until a job is in a state and returns it. */
    JsonPath awaitState(String job, String state) {
        return Awaitility.await(job + " in " + state)
                .atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> job(job), found -> state.equals(found.getString("state")));
    }

    /** Waits until a job is terminal and returns it. */
    JsonPath awaitEnd(String job) {
        return Awaitility.await("end of " + job)
                .atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> job(job), found -> TERMINAL.contains(found.getString("state")));
    }

    JsonPath job(String job) {
        return get(relative(job)).then().statusCode(200).extract().jsonPath();
    }

    JsonPath version(String version) {
        return get(relative(version)).then().statusCode(200).extract().jsonPath();
    }

    /** Downloads one file of a version through its presigned URL. */
    byte[] download(String version, String path) {
        return download(version, "download", path);
    }

    /** Downloads one file of the report of a job that only measures. */
    byte[] report(String job, String path) {
        return download(job, "report", path);
    }

    private byte[] download(String owner, String verb, String path) {
        Map<String, Object> file = post(relative(owner) + ":" + verb, Map.of("paths", List.of(path)))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("files[0]");
        return exchange(request(file).GET().build()).body();
    }

    /** PUTs bytes to a presigned target and returns the store's status. */
    int send(Map<String, Object> target, byte[] bytes) {
        return exchange(request(target).PUT(BodyPublishers.ofByteArray(bytes)).build())
                .statusCode();
    }

    /** Path below the tenant of a resource name. */
    static String relative(String name) {
        return name.substring("tenants/default".length());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(Map<String, Object> file) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(String.valueOf(file.get("url"))));
        if (file.get("headers") instanceof Map<?, ?> headers) {
            headers.forEach((name, value) -> {
                if (!SET_BY_CLIENT.contains(String.valueOf(name).toLowerCase(Locale.ROOT))) {
                    request.header(String.valueOf(name), String.valueOf(value));
                }
            });
        }
        return request;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

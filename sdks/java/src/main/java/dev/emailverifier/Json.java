package dev.emailverifier;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;

/** Reads and writes the API's JSON: names are in snake case, and whole numbers stay whole. */
final class Json {
    static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .disableHtmlEscaping()
            .create();

    /** For request bodies, in which an explicit null is sent. */
    static final Gson BODY = GSON.newBuilder().serializeNulls().create();

    private Json() {}
}

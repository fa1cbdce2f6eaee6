package dev.emailverifier;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;

/** How the API's JSON is read and written: names in snake case, numbers that are whole stay whole. */
final class Json {
    static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .disableHtmlEscaping()
            .create();

    /** For bodies: what was put as null is meant. */
    static final Gson BODY = GSON.newBuilder().serializeNulls().create();

    private Json() {}
}

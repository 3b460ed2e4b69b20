package coppice.structure.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/// How Jackson is to read and write: strictly and without loss. What of Java has no annotations of Jackson is
/// taken as the language means it: sealed types by their names, components of records as required.
final class Mapping extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    /// The member that says which of the permitted types an object is.
    private static final String DISCRIMINATOR = "type";

    private static final Set<Class<?>> OPTIONAL =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    /// As deep, and of as long numbers and texts, as the database reads documents.
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(90 << 20)
            .maxNumberLength(100_000)
            .maxNestingDepth(500)
            .build();

    private Mapping() {}

    static JsonMapper mapper() {
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(LIMITS).build())
                .annotationIntrospector(new Mapping())
                .addModule(new SimpleModule().addDeserializer(Object.class, new UntypedValues()))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> List.of(
                                        CoercionInputShape.Integer,
                                        CoercionInputShape.Float,
                                        CoercionInputShape.Boolean)
                                .forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail)))
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value own = super.findPolymorphicTypeInfo(config, annotated);
        if (own != null || !isSealed(annotated.getRawType()) || !(annotated.getAnnotated() instanceof Class<?>)) {
            return own;
        }
        addPermitted(annotated.getRawType(), new ArrayList<>());
        return JsonTypeInfo.Value.construct(
                JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, DISCRIMINATOR, null, false, true, null);
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass annotated) {
        String own = super.findTypeName(config, annotated);
        return own == null && !isSealed(annotated.getRawType()) && isPermitted(annotated.getRawType())
                ? annotated.getRawType().getSimpleName()
                : own;
    }

    private static boolean isPermitted(Class<?> type) {
        Class<?> above = type.getSuperclass();
        return (above != null && above.isSealed())
                || Stream.of(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        List<NamedType> own = super.findSubtypes(config, annotated);
        if (own != null || !isSealed(annotated.getRawType())) {
            return own;
        }
        List<NamedType> permitted = new ArrayList<>();
        addPermitted(annotated.getRawType(), permitted);
        return permitted;
    }

    private static boolean isSealed(Class<?> type) {
        return type.isSealed() && !type.isEnum();
    }

    private static void addPermitted(Class<?> sealed, List<NamedType> into) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (isSealed(permitted)) {
                addPermitted(permitted, into);
            } else {
                into.add(new NamedType(ensureDistinct(permitted), permitted.getSimpleName()));
            }
        }
    }

    private static Class<?> ensureDistinct(Class<?> permitted) {
        RecordComponent[] components = permitted.getRecordComponents();
        if (components != null
                && Stream.of(components).anyMatch(one -> one.getName().equals(DISCRIMINATOR))) {
            throw new IllegalArgumentException("the record " + permitted.getName() + " has a component '"
                    + DISCRIMINATOR + "', which is to say which type of a sealed hierarchy an object is: name it"
                    + " otherwise, or say with @JsonTypeInfo what is to tell the types apart");
        }
        return permitted;
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean own = super.hasRequiredMarker(config, member);
        if (own != null || !(member instanceof AnnotatedParameter parameter)) {
            return own;
        }
        RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
        if (components == null || parameter.getIndex() >= components.length) {
            return null;
        }
        RecordComponent component = components[parameter.getIndex()];
        boolean mayLack = OPTIONAL.contains(component.getType())
                || isNullable(component)
                || isNullable(component.getAnnotatedType());
        return !mayLack;
    }

    private static boolean isNullable(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .anyMatch(one -> one.annotationType().getSimpleName().equals("Nullable"));
    }
}

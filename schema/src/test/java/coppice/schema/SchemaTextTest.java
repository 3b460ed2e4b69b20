package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.schema.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTextTest {
    private static final String TREE = """
            {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":
             {"name":{"type":"string"},"below":{"type":"array","items":{"$ref":"#/$defs/node"}}}}}}""";

    private static List<String> wrong(String schema, String document) {
        List<String> found = new ArrayList<>();
        CompiledType.of(TypeDefinition.ofSchema("t", "s", schema))
                .check(
                        new byte[] {'k'},
                        document.getBytes(UTF_8),
                        one -> found.add(one.path() + " " + one.value() + " must be " + one.expected()));
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'properties':{'a':{}},'additionalProperties':false} | {'b':1} | /b 1 must be absent",
                "{'properties':{'a':false}} | {'a':1} | /a 1 must be absent: /properties/a of the schema is false",
                "{'items':false} | [7] | /0 7 must be absent: /items of the schema is false",
                "{'unevaluatedProperties':false} | {'a':1} | /a 1 must be absent: /unevaluatedProperties of",
                "{'unevaluatedItems':false} | [7] | /0 7 must be absent: /unevaluatedItems of",
                "false | 7 | ` 7 must be absent: the schema is false`",
                "{'if':true,'then':false} | 7 | ` 7 must be absent: /then of the schema is false`",
                "{'minimum':3} | 2 | ` 2 must be 3 or more (minimum)`",
                "{'maximum':3} | 4 | ` 4 must be 3 or less (maximum)`",
                "{'exclusiveMinimum':3} | 3 | ` 3 must be more than 3 (exclusiveMinimum)`",
                "{'multipleOf':3} | 4 | ` 4 must be a multiple of 3 (multipleOf)`",
                "{'minLength':1} | '' | ` '' must be text of at least 1 character (minLength)`",
                "{'pattern':'^a'} | 'b' | ` 'b' must be text that matches ^a (pattern)`",
                "{'enum':[1,'a']} | 2 | ` 2 must be one of 1, 'a' (enum)`",
                "{'const':'a'} | 2 | ` 2 must be 'a' (const)`",
                "{'type':['null','integer']} | 'x' | ` 'x' must be null or a whole number (type)`",
                "{'required':['a','b']} | {'a':1} | ` {'a':1} must be an object with 'b' (required)`",
                "{'minItems':2} | [] | ` [] must be an array of at least 2 items (minItems)`",
                "{'not':{'type':'null'}} | null | ` null must be something else: it fits what it must not (not)`",
                "{'oneOf':[true,true]} | 1 | ` 1 must be what exactly one of the schemas says (oneOf)`",
                "{'$id':'http://h/x','items':{'$ref':'#/$defs/a'},'$defs':{'a':{'maximum':1}}} | [2] "
                        + "| /0 2 must be 1 or less",
                "{'items':{'$ref':'y#b'},'$defs':{'a':{'$id':'y','$defs':{'b':{'$anchor':'b','type':'null'}}}}} | [2] "
                        + "| /0 2 must be null",
            })
    void eachKeywordSaysWhereAndWhatMustBe(String schema, String document, String said) {
        assertThat(wrong(schema.replace('\'', '"'), document.replace('\'', '"')))
                .singleElement()
                .satisfies(one -> assertThat(one.replace(" ", ""))
                        .startsWith(said.replace('\'', '"').replace(" ", "")));
    }

    @Test
    void whatFitsNoneOfSeveralSaysSoBeforeItSaysWhy() {
        assertThat(wrong("{\"anyOf\":[{\"type\":\"null\"},false]}", "1"))
                .containsExactly(
                        " 1 must be what at least one of the schemas says (anyOf)",
                        " 1 must be null (type)",
                        " 1 must be absent: /anyOf/1 of the schema is false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'$ref':'#'} | leads to itself",
                "{'allOf':[{'$ref':'#'}]} | leads to itself",
                "{'$anchor':'q','not':{'$ref':'#q'}} | leads to itself",
                "{'properties':{'a':{'$ref':'#/$defs/b'}},"
                        + "'$defs':{'b':{'anyOf':[true,{'$ref':'#/$defs/c'}]},'c':{'if':{'$ref':'#/$defs/b'}}}} "
                        + "| leads to itself",
                "{'$dynamicAnchor':'n','dependentSchemas':{'a':{'$dynamicRef':'#n'}}} | leads to itself",
                "{'$ref':'#/$defs/a/x','$defs':{'a':{'x':{'then':{'$ref':'#/$defs/a/x'}}}}} | leads to itself",
                "{'$ref':'#/$defs/nosuch'} | it refers to #/$defs/nosuch, which is no part of it",
                "{'$ref':'#nosuch'} | it refers to #nosuch",
                "{'$ref':'#/required','required':['a']} | it refers to #/required",
                "{'items':{'$ref':'http://h/x'}} | it refers to http://h/x",
                "{'pattern':'['} | '[' is no regular expression",
                "{'patternProperties':{'(':true}} | '(' is no regular expression",
                "{'$schema':'http://json-schema.org/draft-07/schema#'} | its $schema is http:",
                "{'$defs':{'a':{'$id':'a','$schema':'http://json-schema.org/draft-07/schema#'}}} "
                        + "| its $schema is http:",
                "{'type':7} | #/type is wrong",
                "{ | no JSON"
            })
    void whatNoDocumentCouldBeComparedWithIsRefused(String schema, String why) {
        assertThatThrownBy(() -> CompiledType.of(TypeDefinition.ofSchema("t", "s", schema.replace('\'', '"'))))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageStartingWith("The JSON Schema of type 't' cannot be used: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("harrel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'array'}",
                "{'const':[1],'default':{'$ref':'http://h/x'},'examples':[{'$schema':'x','pattern':'['}]}",
                "{'properties':{'$ref':{'type':'string'},'pattern':true}}",
                "{'items':{'$ref':'#/$defs/a%20b'},'$defs':{'a b':{'type':'integer'}}}"
            })
    void whatOnlyLooksWrongIsTaken(String schema) {
        assertThat(wrong(schema.replace('\'', '"'), "[1]")).isEmpty();
    }

    @Test
    void aTreeGoesAsDeepAsDocumentsDo() {
        String deep = "{\"below\":[".repeat(240) + "{\"name\":1}" + "]}".repeat(240);
        assertThat(wrong(TREE, deep)).containsExactly("/below/0".repeat(240) + "/name 1 must be text (type)");
        assertThat(wrong(TREE, deep.replace("1", "\"n\""))).isEmpty();
    }
}

using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RingPortal.Web.Features.Tokens.Intake;

namespace RingPortal.Tests.Tokens;

public sealed class CodeReaderTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("V1", Form, "code=abc-1", "")]
    [InlineData("V2", "Application/X-WWW-Form-UrlEncoded; charset=UTF-8", "code=abc-1", "")]
    [InlineData("V3", null, "code=abc-1", "")]
    [InlineData("V4", null, "  {\"code\":\"abc-1\"}", "")]
    [InlineData("V5", "application/json", "{\"code\":\"abc-1\"}", "")]
    [InlineData("V5 +json", "application/vnd.api+json; charset=utf-8", "{\"code\":\"abc-1\"}", "")]
    [InlineData("V6", "application/json", "{\"code\":\"abc-1\",\"grant_type\":\"authorization_code\",\"redirect_uri\":\"https://x.example\"}", "")]
    [InlineData("V7 form", Form, "authorization_code=abc-1", "")]
    [InlineData("V7 json", "application/json", "{\"authorization_code\":\"abc-1\"}", "")]
    [InlineData("V8", null, "", "?code=abc-1")]
    [InlineData("V9", Form, "state=s&scope=x&client_id=c&account=a&code=abc-1&unknown=1", "")]
    [InlineData("other type", "text/plain", "code=abc-1", "")]
    [InlineData("byte order mark", null, "\uFEFF{\"code\":\"abc-1\"}", "")]
    [InlineData("same twice", Form, "code=abc-1&authorization_code=abc-1", "?code=abc-1")]
    [InlineData("beside what is no text", "application/json", "{\"code\":\"abc-1\",\"note\":\"\\ud800\",\"\\udfff\":\"x\"}", "")]
    [InlineData("line end", Form, "code=abc-1\r\n", "")]
    public void Every_Shape_In_Which_Ring_Was_Seen_To_Send_A_Code_Is_Understood(string shape, string? type, string body, string query)
    {
        var found = Assert.IsType<CodeReading.Found>(Read(type, body, query));
        Assert.True(found.Code == "abc-1", shape);
        Assert.Null(found.CodeVerifier);
    }

    [Fact]
    public void A_Verifier_Is_Passed_On_When_It_Comes()
    {
        var found = Assert.IsType<CodeReading.Found>(Read(Form, "code=abc&code_verifier=v-9", ""));
        Assert.Equal("v-9", found.CodeVerifier);
    }

    [Fact]
    public void Percent_Encoding_And_Plus_Are_Decoded()
    {
        var found = Assert.IsType<CodeReading.Found>(Read(Form, "code=us%2Deast%2B1+x%3D", ""));
        Assert.Equal("us-east+1 x=", found.Code);
    }

    [Theory]
    [InlineData(null, "", "")]
    [InlineData(Form, "code=", "")]
    [InlineData(Form, "kode=abc", "")]
    [InlineData(Form, "code=a&code=b", "")]
    [InlineData(Form, "code=a", "?code=b")]
    [InlineData("application/json", "{\"code\":\"a\",\"authorization_code\":\"b\"}", "")]
    [InlineData("application/json", "{\"code\":\"a\",\"code\":\"b\"}", "")]
    [InlineData("application/json", "{\"code\":7}", "")]
    [InlineData("application/json", "{\"code\":", "")]
    [InlineData("application/json", "[\"code\"]", "")]
    [InlineData(Form, "code=a%00b", "")]
    [InlineData(Form, "code=a%0Ab", "")]
    public void Without_Exactly_One_Usable_Code_Nothing_Is_Read(string? type, string body, string query) =>
        Assert.IsType<CodeReading.Missing>(Read(type, body, query));

    [Fact]
    public void A_Code_May_Have_2048_Characters_And_Not_One_More()
    {
        Assert.IsType<CodeReading.Found>(Read(Form, "code=" + new string('c', 2048), ""));
        Assert.IsType<CodeReading.Missing>(Read(Form, "code=" + new string('c', 2049), ""));
    }

    [Fact]
    public void The_Log_Gets_Names_Of_Fields_And_No_Values() =>
        Assert.Equal(["code", "state"], CodeReader.FieldNames(Form, Encoding.UTF8.GetBytes("code=secret&state=s")));

    private static CodeReading Read(string? type, string body, string query) =>
        CodeReader.Read(type, Encoding.UTF8.GetBytes(body), new QueryCollection(QueryHelpers.ParseQuery(query)));
}

using BotDispatch.Voice.Speech;

namespace BotDispatch.Tests.Adapters.Speech;

public sealed class SpokenLanguageTests
{
    [Theory]
    [InlineData("el", "el-GR")]
    [InlineData("el-GR", "el-GR")]
    [InlineData("el_GR.UTF-8", "el-GR")]
    [InlineData("Greek", "el-GR")]
    [InlineData("Ελληνικά", "el-GR")]
    [InlineData("ell", "el-GR")]
    [InlineData("en", "en-GB")]
    [InlineData("EN-us", "en-US")]
    [InlineData("en-AU", "en-GB")]
    [InlineData("English (UK)", "en-GB")]
    [InlineData("es", "es-ES")]
    [InlineData("es-MX", "es-LA")]
    [InlineData("es-419", "es-LA")]
    [InlineData("es-LA", "es-LA")]
    [InlineData("pt", "pt-BR")]
    [InlineData("pt-PT", "pt-BR")]
    [InlineData(" de-AT ", "de-DE")]
    [InlineData("Български", "bg-BG")]
    [InlineData("sv-FI", "sv-SE")]
    public void A_directorys_word_for_a_language_is_understood(string tag, string code) => SpokenLanguage.Find(tag).ShouldBe(code);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-")]
    [InlineData("ja")]
    [InlineData("zh-CN")]
    [InlineData("tr")]
    [InlineData("ελ; drop table")]
    public void A_language_that_the_telephone_does_not_speak_is_none(string? tag) => SpokenLanguage.Find(tag).ShouldBeNull();

    [Fact]
    public void Every_code_means_itself() => SpokenLanguage.Codes.Select(SpokenLanguage.Find).ShouldBe(SpokenLanguage.Codes);

    [Fact]
    public void There_are_fourteen() => SpokenLanguage.Codes.Distinct().Count().ShouldBe(14);
}

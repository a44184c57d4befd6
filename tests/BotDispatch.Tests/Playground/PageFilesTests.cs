using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using BotDispatch.Playground;

namespace BotDispatch.Tests.Playground;

public partial class PageFilesTests
{
    static readonly Assembly host = typeof(PlaygroundModule).Assembly;

    static IEnumerable<(string Name, string Text)> Files => host.GetManifestResourceNames().Where(name => name.StartsWith("playground/", StringComparison.Ordinal)).Select(name =>
    {
        using var reader = new StreamReader(host.GetManifestResourceStream(name)!);
        return (name["playground/".Length..], reader.ReadToEnd());
    });

    [Fact]
    public void What_people_wrote_never_becomes_markup() =>
        Files.Where(file => file.Name.EndsWith(".js", StringComparison.Ordinal)).ShouldAllBe(file => !Markup().IsMatch(file.Text));

    [Fact]
    public void The_page_asks_nobody_but_its_own_server() =>
        Files.SelectMany(file => Addresses().Matches(file.Text).Select(match => match.Value)).ShouldAllBe(address => address.StartsWith("http://www.w3.org/", StringComparison.Ordinal));

    [Fact]
    public void No_file_of_the_page_is_long() => Files.ShouldAllBe(file => file.Text.Split('\n', StringSplitOptions.None).Length <= 300);

    [Fact]
    public async Task The_page_is_served_with_a_policy_that_lets_nothing_else_in()
    {
        await using var playground = await PlaygroundHost.StartAsync();
        var page = await playground.Http.GetAsync("/playground");

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'self'");
        var text = await page.Content.ReadAsStringAsync();
        foreach (Match reference in References().Matches(text))
            (await playground.Http.GetAsync(reference.Groups[1].Value)).StatusCode.ShouldBe(HttpStatusCode.OK, reference.Value);
        (await playground.Http.GetAsync("/playground/nothing.js")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await playground.Http.GetAsync("/playground/..%2fappsettings.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function")]
    private static partial Regex Markup();

    [GeneratedRegex("https?://[a-z][^\\s'\"]*")]
    private static partial Regex Addresses();

    [GeneratedRegex("(?:src|href)=\"(/[^\"]+)\"")]
    private static partial Regex References();
}

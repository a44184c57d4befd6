using BotDispatch.Chat;
using BotDispatch.Dispatching;
using BotDispatch.Hosting;
using BotDispatch.Storage;
using BotDispatch.Voice.Speech;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
builder.AddHosting();
builder.Services.AddStorage().AddDispatching();
builder.Services.AddChat().AddSpeech();

var app = builder.Build();
app.MapHealth();
return await app.RunToTheEndAsync();

{ The first case: District examples/district OUT. Two years of acts, what the checks find, and the scores. }
program District;

{$IFDEF FPC}{$mode delphi}{$codepage utf8}{$ENDIF}

uses
  Classes, SysUtils, Zeren;

const
  Names =
    '{"time":"2023-01-04T09:00:00+08:00","operator":"u-17","acts":[{"act":"units.founded","id":"a-1",' +
    '"effective":"2023-01-01","units":[{"id":"u-𬱖","name":"䶮㙍𬱖𫘦𨱔镇","class":"镇"}]}]}';
  Nobody =
    '{"time":"2024-01-31T09:00:00+08:00","operator":"office-1","acts":[{"act":"unit.ended","id":"x",' +
    '"effective":"2024-01-01","unit":"无此单位"}]}';

var
  Output: string;
  Stored: UTF8String;

function ReadAll(const Path: string): UTF8String;
var
  Stream: TFileStream;
begin
  Stream := TFileStream.Create(Path, fmOpenRead or fmShareDenyWrite);
  try
    SetLength(Result, Stream.Size);
    Stream.ReadBuffer(Result[1], Length(Result));
  finally
    Stream.Free;
  end;
end;

procedure WriteAll(const Name: string; const Text: UTF8String);
var
  Stream: TFileStream;
begin
  Stream := TFileStream.Create(Output + '/' + Name, fmCreate);
  try
    Stream.WriteBuffer(Text[1], Length(Text));
  finally
    Stream.Free;
  end;
end;

{ A request without a head, with the head that the system shows. }
function Request(State: TZerenSystem; const Document: UTF8String): UTF8String;
begin
  Result := '{"head":' + State.Head + ',' + Copy(Document, Pos('{', Document) + 1, Length(Document));
end;

{ Enters every request of a folder, in the order of their names: prepare, store, commit. }
procedure Enter(State: TZerenSystem; const Folder: string);
var
  Files: TStringList;
  Found: TSearchRec;
  Batch: TZerenPrepared;
  Index: Integer;
begin
  Files := TStringList.Create;
  try
    if FindFirst(Folder + '/*.json', faAnyFile, Found) = 0 then
    begin
      repeat
        Files.Add(Found.Name);
      until FindNext(Found) <> 0;
      FindClose(Found);
    end;
    Files.Sort;
    for Index := 0 to Files.Count - 1 do
    begin
      Batch := State.Prepare(Request(State, ReadAll(Folder + '/' + Files[Index])));
      try
        Stored := Stored + Batch.Lines;
        State.Commit(Batch);
      finally
        Batch.Free;
      end;
    end;
  finally
    Files.Free;
  end;
end;

procedure Year2022(State: TZerenSystem; const Folder: string);
var
  Trial: TZerenScheme;
  Year: TZerenYear;
begin
  Enter(State, Folder + '/2022');
  WriteAll('findings-2022.json', State.View('{"view":"findings","day":"2022-12-31"}'));
  WriteAll('cascade-2022.json', State.View('{"view":"cascade","day":"2022-12-31"}'));
  Trial := TZerenScheme.Create(ReadAll(Folder + '/schemes/2022-trial.json'));
  Year := TZerenYear.Create;
  try
    WriteAll('trial-2022.json', Year.Assess(State, Trial, '{"day":"2022-12-31","subjects":["s-xinqu"]}'));
  finally
    Year.Free;
    Trial.Free;
  end;
end;

procedure Year2023(State: TZerenSystem; const Folder: string);
var
  Own, Annual: TZerenScheme;
  Year: TZerenYear;
begin
  Enter(State, Folder + '/2023');
  Own := TZerenScheme.Create(ReadAll(Folder + '/schemes/2023.json'));
  Annual := TZerenScheme.Create(ReadAll(Folder + '/schemes/2023-annual.json'));
  Year := TZerenYear.Create;
  try
    WriteAll('table-2023.md', Own.ReadBack);
    WriteAll('sheets-2023.json', Year.Assess(State, Own, '{"day":"2024-01-31"}'));
    WriteAll('annual-2023.json', Year.Assess(State, Annual, '{"day":"2024-01-31"}'));
  finally
    Year.Free;
    Annual.Free;
    Own.Free;
  end;
end;

procedure StoredLines(State: TZerenSystem);
var
  Again: TZerenSystem;
begin
  WriteAll('ledger.jsonl', Stored);
  Again := TZerenSystem.Create('示例新区', Stored);
  try
    if (Again.Head <> State.Head) or (ZerenVerify('示例新区', Stored) <> State.Head) then
      raise Exception.Create('the stored lines lead elsewhere');
  finally
    Again.Free;
  end;
end;

procedure Refused(State: TZerenSystem);
begin
  try
    State.Prepare(Request(State, Nobody)).Free;
    raise Exception.Create('not refused');
  except
    on Said: EZeren do
      WriteAll('refused.json', Said.Json);
  end;
end;

procedure RareNames;
var
  State: TZerenSystem;
  Batch: TZerenPrepared;
begin
  State := TZerenSystem.Create('生僻字', '');
  Batch := State.Prepare(Request(State, Names));
  try
    WriteAll('names.jsonl', Batch.Lines);
    State.Commit(Batch);
    WriteAll('names.json', State.View('{"view":"unit","day":"2023-06-30","unit":"u-𬱖"}'));
  finally
    Batch.Free;
    State.Free;
  end;
end;

var
  State: TZerenSystem;
begin
  ZerenRequireAbi;
  Output := ParamStr(2);
  ForceDirectories(Output);
  State := TZerenSystem.Create('示例新区', '');
  try
    Year2022(State, ParamStr(1));
    Year2023(State, ParamStr(1));
    StoredLines(State);
    Refused(State);
  finally
    State.Free;
  end;
  RareNames;
end.
